namespace CleverRemoteOperator.Kubernetes;

/// <summary>Reasons of a <see cref="KubernetesApiException"/> that no server gave: what became of the request on its way.</summary>
internal static class FailureReason
{
    /// <summary>No connection within 10 s.</summary>
    public const string ConnectTimeout = "ConnectTimeout";

    /// <summary>The server's name, or that of the proxy, does not resolve.</summary>
    public const string UnknownHost = "UnknownHost";

    /// <summary>Nobody listens there, or nothing leads there.</summary>
    public const string NoConnection = "NoConnection";

    /// <summary>One side does not accept the other's certificate, or they have no TLS in common.</summary>
    public const string Tls = "Tls";

    /// <summary>The proxy on the way does not lead there.</summary>
    public const string Proxy = "Proxy";

    /// <summary>The connection ended before the answer did.</summary>
    public const string BrokenOff = "BrokenOff";

    /// <summary>No answer in time.</summary>
    public const string Timeout = "Timeout";
}
