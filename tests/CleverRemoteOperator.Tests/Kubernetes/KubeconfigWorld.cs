using System.Text;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Kubeconfig;

namespace CleverRemoteOperator.Tests.Kubernetes;

/// <summary>Writes kubeconfigs, with an authority and a folder of their own, and reads them.</summary>
internal sealed class KubeconfigWorld : IDisposable
{
    public TestCertificates Certificates { get; } = new();

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("kubeconfig");

    /// <summary>The authority's certificate, as a kubeconfig has it.</summary>
    public string Authority => Base64(Certificates.Authority.ExportCertificatePem());

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>What a kubeconfig that is in order is read as.</summary>
    public static ClusterConnection Good(string text)
    {
        var result = new KubeconfigReader(new() { Name = "c", Source = "test" }, TimeProvider.System).Read(text);
        Assert.Empty(result.Mistakes);
        return result.Connection!;
    }

    /// <summary>The mistakes of a kubeconfig that is not in order.</summary>
    public static IReadOnlyList<string> Bad(string text, ClusterOptions? options = null)
    {
        var result = new KubeconfigReader(options ?? new() { Name = "c", Source = "test" }, TimeProvider.System).Read(text);
        Assert.Null(result.Connection);
        return result.Mistakes;
    }

    /// <summary>A kubeconfig of one context, user and cluster, which trusts <see cref="Authority"/>.</summary>
    /// <param name="cluster">What the cluster is instead.</param>
    public string Write(string user, string server = "https://127.0.0.1:6443", string? cluster = null) => $"""
        apiVersion: v1
        kind: Config
        current-context: main
        contexts:
        - name: main
          context: {"{cluster: here, user: admin, namespace: default}"}
        clusters:
        - name: here
          cluster:
            {cluster ?? $"server: {server}\n    certificate-authority-data: {Authority}"}
        users:
        - name: admin
          user:
            {user}
        """;

    public void Dispose()
    {
        Folder.Delete(recursive: true);
        Certificates.Dispose();
    }
}
