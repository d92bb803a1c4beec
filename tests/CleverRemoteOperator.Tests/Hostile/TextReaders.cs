using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Kubeconfig;

namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>Readers of small texts: certificates, what programs and proxies say, headers, names.</summary>
internal static class TextReaders
{
    private static readonly (string Certificate, string Key) Own = Issue();

    public static IReadOnlyList<Reader> All { get; } =
    [
        new("certificates", ReadCertificates) { HidesSecrets = true },
        new("exec-answer", ReadExecAnswer) { HidesSecrets = true },
        new("exec-errors", ReadExecErrors) { HidesSecrets = true },
        new("proxy-answer", ReadProxyAnswer),
        new("headers", ReadHeaders) { HidesSecrets = true },
        new("small-texts", ReadSmallTexts),
    ];

    private static Reading ReadCertificates(byte[] bytes)
    {
        var text = Reader.Text(bytes);
        var authorities = CertificateAuthorities.Read(text);
        ClientCertificate.Read(text, Own.Key, out var whyNot);
        ClientCertificate.Read(Own.Certificate, text, out var whyNotKey);
        return new($"{authorities.Count > 0}", [.. new[] { whyNot, whyNotKey }.Where(why => why.Length > 0)]);
    }

    private static Reading ReadExecAnswer(byte[] bytes)
    {
        var credential = ExecAnswer.Read(bytes, "client.authentication.k8s.io/v1", out var wrong);
        return credential is null ? new("refused", wrong) : new($"token {credential.Token is not null}, expires {credential.Expires is not null}");
    }

    private static Reading ReadExecErrors(byte[] bytes)
    {
        var errors = new ExecErrors([Reader.Secret]);
        errors.ReadAsync(new MemoryStream(bytes), CancellationToken.None).GetAwaiter().GetResult();
        var said = errors.End();
        return said.Length == 0 ? new("nothing") : new("said", said);
    }

    private static Reading ReadProxyAnswer(byte[] bytes) => Reading.All(new[] { "http://proxy", "socks5://proxy" }.Select(proxy => Reading.Of<ConnectException>(() =>
    {
        using var stream = new Answered(bytes);
        ProxyTunnel.OpenAsync(stream, new Uri(proxy), new NetworkCredential("user", "password"), new DnsEndPoint("server", 443), CancellationToken.None).GetAwaiter().GetResult();
        return new("open");
    })));

    // The reason, then headers, one a line, then the body.
    private static Reading ReadHeaders(byte[] bytes)
    {
        var lines = Reader.Text(bytes).Split('\n');
        using var answer = new HttpResponseMessage((HttpStatusCode)(400 + (bytes.Length % 200)));
        answer.RequestMessage = new HttpRequestMessage { Headers = { { "Authorization", $"Bearer {Reader.Secret}" } } };
        answer.ReasonPhrase = lines[0].IndexOfAny(['\r', '\n', '\0']) < 0 ? lines[0] : "";
        foreach (var (name, value) in new[] { "Retry-After", "Location" }.Zip(lines.Skip(1)))
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        var body = string.Join('\n', lines.Skip(3));
        var clever = new CleverFailure(new(ApiEndpoint.Public, Reader.Secret, null, null, null, null), TimeProvider.System)
            .Refused(new(HttpMethod.Get, "/v2/self", "/v2/self", null), answer, body);
        var kubernetes = ApiError.FromAnswer(new(HttpMethod.Get, "version"), answer, Encoding.UTF8.GetBytes(body), TimeProvider.System);
        return new($"{clever.RetryAfter is null} {kubernetes.RetryAfter is null} {clever.IsRateLimit} {kubernetes.IsExpired}", clever.Message, kubernetes.Message);
    }

    private static Reading ReadSmallTexts(byte[] bytes)
    {
        var text = Reader.Text(bytes);
        var name = AddonName.Read(text);
        var address = new Uri("https://10.0.0.1:6443");
        string[] messages = [Disclosure.Of("a" + text), Disclosure.Describe(text), Printable.Of("a" + text), DidYouMean.Hint(text, ["token", "secret"])];
        return new(
            $"{name?.IsIn("paris")} {NoProxyList.Parse(text).Has(address)} {ApiEndpoint.Parse(text)?.Scheme} {KubernetesNames.IsSubdomain(text)} {PathText.WhyNot(text, null) is null} {IPAddress.TryParse(text, out var ip) && PublicAddress.Is(ip)}",
            messages);
    }

    private static (string Certificate, string Key) Issue()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=hostile", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A stream that takes whatever is written and answers with these bytes.</summary>
    private sealed class Answered(byte[] answer) : MemoryStream(answer)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
    }
}
