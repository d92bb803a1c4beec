namespace CleverRemoteOperator.Sandbox.CleverApi.Authorization;

/// <summary>What an <c>Authorization: OAuth …</c> header says, each value percent-decoded once.</summary>
internal sealed record OAuthHeader(IReadOnlyDictionary<string, string> Parameters)
{
    public string ConsumerKey => this["oauth_consumer_key"];

    public string Token => this["oauth_token"];

    public string Signature => this["oauth_signature"];

    public string Nonce => this["oauth_nonce"];

    public string Timestamp => this["oauth_timestamp"];

    /// <summary>PLAINTEXT when the header names none, as clever-tools leaves it out.</summary>
    public string Method => Parameters.GetValueOrDefault("oauth_signature_method", "PLAINTEXT");

    private string this[string name] => Parameters.GetValueOrDefault(name, "");

    /// <summary>Reads the text after <c>OAuth </c>; a part that is no pair is left out, a repeated one keeps its last value.</summary>
    public static OAuthHeader Parse(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parameters[part[..equals].Trim()] = Uri.UnescapeDataString(part[(equals + 1)..].Trim().Trim('"'));
            }
        }

        return new OAuthHeader(parameters);
    }
}
