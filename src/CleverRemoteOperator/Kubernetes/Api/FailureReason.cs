namespace CleverRemoteOperator.Kubernetes.Api;

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

    /// <summary>The answer is larger than is read.</summary>
    public const string TooLarge = "AnswerTooLarge";

    /// <summary>The stream said nothing, or too little, for too long.</summary>
    public const string Silence = "Silence";

    /// <summary>The stream ended as soon as it had begun.</summary>
    public const string EndedAtOnce = "EndedAtOnce";

    /// <summary>What came is not a list or a watch, or a line of it is too long.</summary>
    public const string Unreadable = "Unreadable";
}
