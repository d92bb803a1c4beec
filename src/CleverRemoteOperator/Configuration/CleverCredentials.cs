using System.Security.Cryptography;
using System.Text;

namespace CleverRemoteOperator.Configuration;

/// <summary>
/// What signs requests to the Clever API, complete and from exactly one source.
/// All four OAuth1 values, or token and secret with the public clever-tools consumer, or a token alone (bearer).
/// </summary>
/// <param name="Endpoint">Origin of the API, without a path.</param>
/// <param name="Token">OAuth1 token, or the bearer token when <paramref name="Secret"/> is absent.</param>
/// <param name="Secret">OAuth1 token secret; absent for a bearer token.</param>
/// <param name="ConsumerKey">OAuth1 consumer key; present whenever <paramref name="Secret"/> is.</param>
/// <param name="ConsumerSecret">OAuth1 consumer secret; present whenever <paramref name="Secret"/> is.</param>
/// <param name="Organisation">Organisation used for resources that name none; absent = the account's own id.</param>
internal sealed record CleverCredentials(
    Uri Endpoint, string Token, string? Secret, string? ConsumerKey, string? ConsumerSecret, string? Organisation)
{
    /// <summary>True when the token travels as it is instead of signing each request.</summary>
    public bool IsBearer => Secret is null;

    /// <summary>Equal for equal credentials, whatever their organisation, and for no others: a SHA-256, hexadecimal.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Endpoint, Token, Secret, ConsumerKey, ConsumerSecret))));

    /// <summary>Names these credentials in logs and metrics without telling them: the beginning of <see cref="Digest"/>.</summary>
    public string Fingerprint => Digest[..16];

    /// <summary>Never shows a secret value.</summary>
    public override string ToString() =>
        $"{(IsBearer ? "bearer token" : "OAuth1")} at {Endpoint.GetLeftPart(UriPartial.Authority)}, organisation {Organisation ?? "of the account"}";
}
