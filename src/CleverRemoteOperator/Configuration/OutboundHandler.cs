namespace CleverRemoteOperator.Configuration;

/// <summary>How requests leave this process: no cookies, no redirects, 10 s to connect, HTTP/2 with pings.</summary>
internal static class OutboundHandler
{
    /// <summary>How long a connection may take to be made.</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>A new handler; proxy, compression and certificates are the caller's.</summary>
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = ConnectLimit,
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
    };
}
