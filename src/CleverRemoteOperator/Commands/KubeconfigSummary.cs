using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Kubernetes.Kubeconfig;

namespace CleverRemoteOperator.Commands;

/// <summary>What to know about a cluster's kubeconfig before it is used. Connects to nothing and runs no program.</summary>
/// <param name="Server">Host and port of its server; null when it cannot be used.</param>
/// <param name="Identity">Equal for two kubeconfigs of one server; null when it cannot be used, or is the pod's own.</param>
/// <param name="Problems">Everything that keeps it from being used.</param>
internal sealed record KubeconfigSummary(string? Server, string? Identity, IReadOnlyList<string> Problems)
{
    public static KubeconfigSummary Of(ClusterOptions cluster)
    {
        if (cluster.InCluster)
        {
            return new("in-cluster", null, []);
        }
        if (cluster is { KubeconfigPath: null, KubeconfigContent: null })
        {
            // Already reported: nothing says where its kubeconfig is.
            return new(null, null, []);
        }
        var whyNot = "";
        var text = cluster.KubeconfigContent ?? BoundedFile.Read(cluster.KubeconfigPath!, out whyNot);
        if (text is null)
        {
            return new(null, null, [$"the kubeconfig {whyNot}"]);
        }
        var (connection, mistakes) = new KubeconfigReader(cluster, TimeProvider.System).Read(text);
        using var credentials = connection?.Credentials;
        return new(
            connection?.Server.Authority, connection?.Identity,
            [
                .. mistakes.Select(mistake => $"the kubeconfig: {mistake}"),
                .. connection?.Token is { } token && Placeholder.Is(token) ? ["the kubeconfig: user.token: holds a placeholder of a sample; put the token itself there"] : Array.Empty<string>(),
            ]);
    }
}
