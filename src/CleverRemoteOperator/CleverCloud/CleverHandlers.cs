using System.Net;
using System.Net.Sockets;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.CleverCloud;

/// <summary>How connections to a Clever API are made: never with cookies or redirects, 10 s to connect, HTTP/2 where offered.</summary>
internal static class CleverHandlers
{
    /// <summary>To the endpoints the operator's own configuration names, by the environment's proxy if there is one.</summary>
    public static SocketsHttpHandler Trusted()
    {
        var handler = Handler();
        handler.Proxy = OutboundProxy.OfThisProcess();
        return handler;
    }

    /// <summary>To an endpoint somebody else named: https, no proxy, public addresses only.</summary>
    public static SocketsHttpHandler Guarded()
    {
        var handler = Handler();
        handler.UseProxy = false;
        handler.ConnectCallback = ConnectAsync;
        return handler;
    }

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // Addresses change: a connection does not outlive the name's answer for long.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
    };

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        var endpoint = context.DnsEndPoint;
        if (context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps)
        {
            throw new AddressRefusedException($"{endpoint.Host} is refused: https is required.");
        }

        // Resolved once: the addresses that were checked are the ones connected to.
        var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, token);
        var allowed = addresses.Where(PublicAddress.Is).ToArray();
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException($"{endpoint.Host} is refused: it has no public address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endpoint.Port, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An endpoint that is not on the operator's own list leads to an address that is not public, or is not https.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
