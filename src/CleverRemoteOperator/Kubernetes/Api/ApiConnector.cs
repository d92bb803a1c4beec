using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Kubeconfig;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>
/// Makes connections to one API server: straight or by a proxy, and TLS with what is valid at this moment. By hand, as the runtime's
/// own way takes the name for SNI from the Host header, and any host name a private authority signed for.
/// </summary>
internal sealed class ApiConnector(ClusterConnection connection, TlsMaterial material, Dialer dialer, TimeProvider time)
{
    /// <summary>How long all of it may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private const int SocksPort = 1080;
    private const string NotAccepted = "the server's certificate or TLS is not accepted";

    private volatile ConnectException? _refusal;

    /// <summary>A new connection, its TLS established, in 10 s.</summary>
    /// <exception cref="ConnectException">There is none.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        using var deadline = new Deadline(Limit, time, token);
        try
        {
            var stream = await RouteAsync(context.DnsEndPoint, deadline.Token);
            return connection.Server.Scheme == Uri.UriSchemeHttps
                ? await SecureAsync(
                    stream, Options(context.DnsEndPoint.Host), NotAccepted, material.Authorities, connection.SkipTlsVerify, deadline.Token)
                : stream;
        }
        catch (OperationCanceledException late) when (deadline.HasExpired)
        {
            throw new ConnectException(FailureReason.ConnectTimeout, $"no connection within {Limit.TotalSeconds:0} s", late);
        }
    }

    /// <summary>The failure as the server meant it that ended the last connection before its first answer, where it did.</summary>
    public Exception Explain(HttpRequestException failure) => failure.InnerException is IOException and not ConnectException ? _refusal ?? (Exception)failure : failure;

    /// <summary>The proxy that leads to the server; null for none.</summary>
    public static Uri? ProxyOf(ClusterConnection connection)
    {
        var proxy = ChosenProxy(connection);
        return proxy.IsBypassed(connection.Server) || proxy.GetProxy(connection.Server) is not { } at || at == connection.Server ? null : at;
    }

    private static IWebProxy ChosenProxy(ClusterConnection connection) => connection.Proxy ?? OutboundProxy.OfThisProcess();

    private async Task<Stream> RouteAsync(DnsEndPoint server, CancellationToken token)
    {
        if (ProxyOf(connection) is not { } at)
        {
            return await dialer.DialAsync(server.Host, server.Port, token);
        }

        var stream = await dialer.DialAsync(at.IdnHost, at.Port > 0 ? at.Port : SocksPort, token);
        try
        {
            if (at.Scheme == Uri.UriSchemeHttps)
            {
                var options = new SslClientAuthenticationOptions { TargetHost = at.IdnHost, CertificateChainPolicy = ServerVerification.Policy([]) };
                stream = await SecureAsync(stream, options, "the proxy's certificate or TLS is not accepted", [], skipVerify: false, token);
            }

            await ProxyTunnel.OpenAsync(stream, at, ChosenProxy(connection).Credentials?.GetCredential(at, "Basic") ?? User(at), server, token);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private SslClientAuthenticationOptions Options(string host) => new()
    {
        TargetHost = connection.TlsServerName ?? host,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        CertificateChainPolicy = ServerVerification.Policy(material.Authorities),
        ClientCertificateContext = material.Certificate?.Context,
    };

    [SuppressMessage("Security", "CA5359", Justification = "Unverified only where the operator's own configuration says so for this cluster.")]
    private async Task<Stream> SecureAsync(
        Stream stream, SslClientAuthenticationOptions options, string what, X509Certificate2Collection authorities,
        bool skipVerify, CancellationToken token)
    {
        string? refusal = null;
        options.RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
        {
            refusal = skipVerify ? null : ServerVerification.Refusal(shown, chain, errors, authorities, options.TargetHost ?? "");
            return refusal is null;
        };
        _refusal = null;
        var tls = new FirstReadStream(stream, failure => _refusal = Refusal(failure));
        try
        {
            await tls.AuthenticateAsClientAsync(options, token);
            return tls;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            await tls.DisposeAsync();
            throw new ConnectException(FailureReason.Tls, $"{what}: {refusal ?? TlsWords.Of(failure)}", failure);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private static ConnectException? Refusal(Exception? failure) =>
        failure is null ? new ConnectException(FailureReason.BrokenOff, "the server closed the connection before its first answer; it may require another client certificate")
        : TlsWords.Alert(failure) is { } alert ? new ConnectException(FailureReason.Tls, $"{NotAccepted}: {alert}", failure)
        : null;

    private static NetworkCredential? User(Uri proxy) => proxy.UserInfo.Split(':', 2) switch
    {
        [""] => null,
        [var name] => new NetworkCredential(Uri.UnescapeDataString(name), ""),
        [var name, var password, ..] => new NetworkCredential(Uri.UnescapeDataString(name), Uri.UnescapeDataString(password)),
        _ => null,
    };
}
