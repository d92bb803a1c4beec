using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Configuration;

/// <summary>A section <c>[api]</c> as it is given, before it is known to be complete.</summary>
internal sealed record CredentialsDraft
{
    /// <summary>Consumer key of clever-tools, public by design.</summary>
    public const string PublicConsumerKey = "T5nFjKeHH4AIlEveuGhB5S3xg8T19e";

    /// <summary>Consumer secret of clever-tools, public by design.</summary>
    public const string PublicConsumerSecret = "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT";

    public string? Endpoint { get; init; }

    public string? Token { get; init; }

    public string? Secret { get; init; }

    public string? ConsumerKey { get; init; }

    public string? ConsumerSecret { get; init; }

    public string? Organisation { get; init; }

    /// <summary>The credentials, or null with one mistake for each thing that is missing or not allowed.</summary>
    /// <param name="where">Names the source of a key: of the key itself, or of where it is missing.</param>
    /// <param name="rule">Where requests may go.</param>
    public CleverCredentials? Complete(Func<string, string> where, EndpointRule rule, List<ConfigurationMistake> mistakes)
    {
        var before = mistakes.Count;
        void Need(string key, string? value, string because)
        {
            if (value is null)
            {
                mistakes.Add(new(where(key), $"missing: {because}; allowed: token, secret, consumer-key and consumer-secret; token and secret; token alone"));
            }
        }

        var hasConsumer = ConsumerKey is not null || ConsumerSecret is not null;
        Need("token", Token, "every way to authenticate needs a token");
        if (hasConsumer)
        {
            Need("secret", Secret, "a consumer signs only together with the token's secret");
            Need("consumer-key", ConsumerKey, "there is a consumer-secret");
            Need("consumer-secret", ConsumerSecret, "there is a consumer-key");
        }
        CheckText("token", Token, where, mistakes);
        CheckText("secret", Secret, where, mistakes);
        CheckText("consumer-key", ConsumerKey, where, mistakes);
        CheckText("consumer-secret", ConsumerSecret, where, mistakes);
        var endpoint = Origin(where, rule, mistakes);
        if (mistakes.Count > before || Token is null || endpoint is null)
        {
            return null;
        }
        return Secret is null
            ? new(endpoint, Token, null, null, null, Organisation)
            : new(endpoint, Token, Secret, ConsumerKey ?? PublicConsumerKey, ConsumerSecret ?? PublicConsumerSecret, Organisation);
    }

    private Uri? Origin(Func<string, string> where, EndpointRule rule, List<ConfigurationMistake> mistakes)
    {
        if (Endpoint is null)
        {
            return Secret is null ? ApiEndpoint.PublicBridge : ApiEndpoint.Public;
        }
        if (ApiEndpoint.Parse(Endpoint) is not { } origin)
        {
            mistakes.Add(new(where("endpoint"), "not the origin of an API; allowed: an origin such as https://api.clever-cloud.com, without user, query, fragment, or a path other than /v2 or /v4") { IsRefusal = true });
            return null;
        }
        if (!rule.IsAllowed(origin))
        {
            mistakes.Add(new(where("endpoint"), $"{Disclosure.Of(origin.GetLeftPart(UriPartial.Authority))} may not be used; allowed: {rule.Allowed}"));
            return null;
        }
        return origin;
    }

    // A bearer token becomes a header as it is; signed values are encoded first.
    private void CheckText(string key, string? value, Func<string, string> where, List<ConfigurationMistake> mistakes)
    {
        if (value is null)
        {
            return;
        }
        var isHeader = key == "token" && Secret is null;
        if (value.Length > 4096 || value.Any(c => char.IsControl(c) || (isHeader && c is < '!' or > '~')))
        {
            mistakes.Add(new(where(key), $"has invalid characters or is too long; allowed: {(isHeader ? "visible ASCII characters" : "no control characters")}, at most 4096"));
        }
    }

    /// <summary>Never shows a value.</summary>
    public override string ToString() => "credentials as given";
}
