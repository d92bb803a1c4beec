using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CleverRemoteOperator.Sandbox.CleverApi.Authorization;

/// <summary>Whether an OAuth 1.0a signature fits a request and the two secrets.</summary>
internal static class OAuthSignature
{
    /// <summary>Verifies <paramref name="header"/>; unless <paramref name="strict"/>, a signature that leaves out the query is accepted, as one known client makes it.</summary>
    public static bool Verify(SignedRequest request, OAuthHeader header, string consumerSecret, string tokenSecret, bool strict)
    {
        var key = $"{Escape(consumerSecret)}&{Escape(tokenSecret)}";
        if (header.Method == "PLAINTEXT")
        {
            return Same(header.Signature, $"{consumerSecret}&{tokenSecret}") || Same(header.Signature, key);
        }

        return Matches(request.Query) || (!strict && request.Query.Count > 0 && Matches([]));

        bool Matches(IReadOnlyList<KeyValuePair<string, string>> query) =>
            Hash(header.Method, key, BaseString(request, header, query)) is { } expected && Same(header.Signature, expected);
    }

    /// <summary>The text that is hashed: method, URL and all parameters but the signature, sorted.</summary>
    public static string BaseString(SignedRequest request, OAuthHeader header, IEnumerable<KeyValuePair<string, string>> query)
    {
        var parameters = header.Parameters.Where(pair => pair.Key is not ("oauth_signature" or "realm"))
            .Concat(query)
            .Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}")
            .Order(StringComparer.Ordinal);
        return $"{request.Method.ToUpperInvariant()}&{Escape(request.Url)}&{Escape(string.Join('&', parameters))}";
    }

    [SuppressMessage("Security", "CA5350", Justification = "The protocol's own algorithm, offered beside the stronger one.")]
    private static string? Hash(string method, string key, string text) => method switch
    {
        "HMAC-SHA512" => Convert.ToBase64String(HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text))),
        "HMAC-SHA1" => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text))),
        _ => null,
    };

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
