using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.CleverCloud.Http;

/// <summary>Writes the Authorization header of a request: OAuth 1.0a with HMAC-SHA512, or a bearer token.</summary>
internal static class RequestSigner
{
    private const string SignatureMethod = "HMAC-SHA512";

    /// <summary>The header's value. Method, scheme, host, path and query are signed; a JSON body is not.</summary>
    /// <param name="uri">Absolute, with path and query escaped as they are sent.</param>
    /// <param name="nonce">Different for each request.</param>
    /// <param name="time">When it is sent; whole seconds count.</param>
    /// <exception cref="CleverApiException">The bearer token holds a character that cannot travel in a header.</exception>
    public static string Authorization(CleverCredentials credentials, HttpMethod method, Uri uri, string nonce, DateTimeOffset time) =>
        credentials.IsBearer ? Bearer(credentials.Token) : OAuth(credentials, method, uri, nonce, time);

    private static string Bearer(string token) =>
        token.Length > 0 && token.All(c => c is > ' ' and <= '~')
            ? $"Bearer {token}"
            : throw new CleverApiException("the bearer token contains a space, a control character or a non-ASCII character", CleverFailureKind.InvalidRequest);

    private static string OAuth(CleverCredentials credentials, HttpMethod method, Uri uri, string nonce, DateTimeOffset time)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["oauth_consumer_key"] = credentials.ConsumerKey ?? "",
            ["oauth_nonce"] = nonce,
            ["oauth_signature_method"] = SignatureMethod,
            ["oauth_timestamp"] = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["oauth_token"] = credentials.Token,
            ["oauth_version"] = "1.0",
        };
        parameters["oauth_signature"] = Signature(credentials, BaseString(method, uri, parameters));
        return "OAuth " + string.Join(", ", parameters.Select(pair => $"{pair.Key}=\"{Escape(pair.Value)}\""));
    }

    private static string BaseString(HttpMethod method, Uri uri, IEnumerable<KeyValuePair<string, string>> oauth)
    {
        var parameters = oauth.Concat(Query(uri))
            .Select(pair => (Name: Escape(pair.Key), Value: Escape(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        var address = uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return $"{method.Method}&{Escape(address)}&{Escape(string.Join('&', parameters))}";
    }

    private static IEnumerable<KeyValuePair<string, string>> Query(Uri uri) =>
        from part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let pair = part.Split('=', 2)
        select KeyValuePair.Create(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? ""));

    private static string Signature(CleverCredentials credentials, string baseString)
    {
        var key = $"{Escape(credentials.ConsumerSecret ?? "")}&{Escape(credentials.Secret ?? "")}";
        return Convert.ToBase64String(HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(baseString)));
    }

    // Keeps exactly what RFC 3986 calls unreserved, which is what OAuth asks for.
    private static string Escape(string text) => Uri.EscapeDataString(text);
}
