using System.Net;
using System.Net.Sockets;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.CleverCloud.Http;

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
    /// <param name="resolve">Gives the addresses of a name.</param>
    /// <param name="connect">Connects to one of these addresses.</param>
    public static SocketsHttpHandler Guarded(Resolve resolve, Connect connect)
    {
        var handler = Handler();
        handler.UseProxy = false;
        handler.ConnectCallback = async (context, token) =>
        {
            var endpoint = context.DnsEndPoint;
            if (context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps)
            {
                throw new AddressRefusedException($"refused to connect to {endpoint.Host}: use https");
            }

            // Resolved once for each connection: the addresses that were checked are the ones connected to.
            var addresses = await resolve(endpoint.Host, token);
            var allowed = addresses.Where(PublicAddress.Is).ToArray();
            return allowed.Length > 0
                ? await connect(allowed, endpoint.Port, token)
                : throw new AddressRefusedException($"refused to connect to {endpoint.Host}: not a public address");
        };
        return handler;
    }

    /// <inheritdoc cref="Guarded(Resolve, Connect)"/>
    public static SocketsHttpHandler Guarded() => Guarded(Dns.GetHostAddressesAsync, ConnectAsync);

    private static SocketsHttpHandler Handler()
    {
        var handler = OutboundHandler.Create();
        handler.AutomaticDecompression = DecompressionMethods.All;
        // Addresses change: a connection does not outlive the name's answer for long.
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        return handler;
    }

    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken token)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Gives the addresses of a name.</summary>
internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken token);

/// <summary>Connects to the first of these addresses that takes it.</summary>
internal delegate Task<Stream> Connect(IPAddress[] addresses, int port, CancellationToken token);

/// <summary>An endpoint that is not on the operator's own list leads to an address that is not public, or is not https.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
