using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.CleverApi.Authorization;

/// <summary>Finds whose request this is: OAuth1 (PLAINTEXT, HMAC-SHA512, HMAC-SHA1) or Bearer.</summary>
internal sealed class Authenticator(CleverApiServerOptions options, TokenLives lives)
{
    private const string OAuthScheme = "OAuth ";
    private const string BearerScheme = "Bearer ";

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(300);

    private readonly ConcurrentDictionary<string, byte> _seenNonces = new();

    /// <summary>The account that signed the request with a token that has not ended, or null when nobody known did.</summary>
    public Account? Authenticate(HttpRequest request) => Find(request) is { } account && !lives.IsOver(account) ? account : null;

    private Account? Find(HttpRequest request)
    {
        var text = request.Headers.Authorization.ToString();
        if (text.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase))
        {
            var bearer = text[BearerScheme.Length..].Trim();
            return options.Accounts.FirstOrDefault(account => account.Bearer == bearer);
        }

        return text.StartsWith(OAuthScheme, StringComparison.OrdinalIgnoreCase)
            ? Authenticate(SignedRequest.Of(request), OAuthHeader.Parse(text[OAuthScheme.Length..]))
            : null;
    }

    private Account? Authenticate(SignedRequest request, OAuthHeader header)
    {
        var account = options.Accounts.FirstOrDefault(account => account.Token == header.Token);
        return account is not null
            && options.Consumers.TryGetValue(header.ConsumerKey, out var consumerSecret)
            && OAuthSignature.Verify(request, header, consumerSecret, account.Secret, options.StrictSigning)
            && (!options.StrictSigning || header.Method == "PLAINTEXT" || IsFresh(header))
            ? account
            : null;
    }

    private bool IsFresh(OAuthHeader header) =>
        long.TryParse(header.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (options.TimeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(seconds)).Duration() <= Window
        && header.Nonce.Length > 0
        && _seenNonces.TryAdd($"{header.Token} {header.Timestamp} {header.Nonce}", 0);
}
