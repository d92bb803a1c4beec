using System.Net;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>
/// How requests to an API server go: HTTP/2, pinged, no redirects, 10 s to connect. Not the handler of the library's client:
/// that takes any host name a private authority signed for, and its client costs a fifth of a second and some MiB to begin with.
/// </summary>
internal static class ApiHandler
{
    // What may wait in memory for each of many streams, whatever the server sends; half a second of 4 Mbit/s.
    private const int StreamWindow = 256 * 1024;

    public static SocketsHttpHandler Create(ClusterConnection connection, ApiConnector connector)
    {
        var handler = OutboundHandler.Create();
        handler.Proxy = connection.Proxy ?? OutboundProxy.OfThisProcess();
        handler.AutomaticDecompression = connection.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip;
        handler.InitialHttp2StreamWindowSize = StreamWindow;
        // Plain HTTP asks a proxy for the whole address instead of a way to the server.
        if (connection.Server.Scheme == Uri.UriSchemeHttps || ApiConnector.ProxyOf(connection) is null)
        {
            handler.UseProxy = false;
            handler.ConnectTimeout = Timeout.InfiniteTimeSpan;
            handler.ConnectCallback = connector.ConnectAsync;
        }

        return handler;
    }
}
