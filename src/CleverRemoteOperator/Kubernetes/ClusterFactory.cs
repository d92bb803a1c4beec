using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>Makes clusters of what the configuration says about them.</summary>
internal sealed class ClusterFactory(TimeProvider time, KubernetesRequestObserver? observer = null)
{
    /// <summary>Reads the kubeconfig the options name, hold, or the pod's own account. Starts nothing and asks no server.</summary>
    public async Task<KubeconfigResult> ReadAsync(ClusterOptions options, CancellationToken token)
    {
        if (options.InCluster)
        {
            return InClusterAccount.Read(time);
        }

        if (options.KubeconfigContent is { } content)
        {
            return new KubeconfigReader(options, time).Read(content);
        }

        try
        {
            var path = options.KubeconfigPath ?? "";
            return new FileInfo(path) is { Exists: true, Length: > KubeconfigYaml.MaxBytes }
                ? KubeconfigResult.Bad(KubeconfigYaml.TooLarge)
                : new KubeconfigReader(options, time).Read(await File.ReadAllTextAsync(path, token));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return KubeconfigResult.Bad($"the file cannot be read: {failure.Message}");
        }
    }

    /// <summary>A cluster to talk to; connects when first asked something. The caller disposes it.</summary>
    public ICluster Create(ClusterId id, ClusterConnection connection) => new Cluster(id, connection, time, observer);
}
