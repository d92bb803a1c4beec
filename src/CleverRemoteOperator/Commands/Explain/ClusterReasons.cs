using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary>What each reason means for which a cluster cannot be looked at. A test keeps it complete.</summary>
internal static class ClusterReasons
{
    public static IReadOnlyList<ReasonText> All { get; } =
    [
        new(FailureReason.ConnectTimeout, "No connection to the API server came about within 10 s.",
            "See that its address is right and no firewall is on the way."),
        new(FailureReason.UnknownHost, "The name of the API server, or of the proxy, does not resolve.",
            "Correct `server` in the kubeconfig, or DNS."),
        new(FailureReason.NoConnection, "Nobody listens at the API server's address, or nothing leads there.",
            "See that the server runs and its address and port are right."),
        new(FailureReason.Tls, "One side does not accept the other's certificate, or they have no TLS in common.",
            "Correct `certificate-authority-data`, `tls-server-name` or the client certificate in the kubeconfig."),
        new(FailureReason.Proxy, "The proxy on the way does not lead to the API server.",
            "Correct `proxy-url` in the kubeconfig, or HTTPS_PROXY and NO_PROXY."),
        new(FailureReason.BrokenOff, "The connection ended before the answer did.",
            "Try again; if it stays, look at what is between: load balancers, proxies."),
        new(FailureReason.Timeout, "The API server took longer to answer than anybody waits.",
            "Try again; if it stays, look at the load of the server."),
        new(FailureReason.TooLarge, "The answer is larger than is read.",
            "Look at what makes it so: a single object of more than 4 MiB."),
        new(FailureReason.Silence, "The answer came too slowly, or stopped coming.",
            "Try again; if it stays, look at the network."),
        new(FailureReason.EndedAtOnce, "A watch ended as soon as it had begun.",
            "Wait; it is opened again by itself."),
        new(FailureReason.Unreadable, "What came back is not what an API server sends.",
            "See that the address leads to an API server."),
        new(KubernetesApiException.InvalidKubeconfig, "The kubeconfig cannot be used; the message lists every mistake.",
            "Correct it; `clever-remote-operator --check` shows the mistakes without any network."),
        new(ClusterView.NoDefinitions, "The cluster answers and has none of the definitions.",
            "`kubectl apply -f deployments/crds/product`."),
    ];
}
