using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>What a program is told of its cluster (<c>spec.cluster</c> of an <c>ExecCredential</c>), just as kubectl tells it.</summary>
internal sealed class ExecCluster(KubeconfigSection cluster)
{
    private const string Extension = "client.authentication.k8s.io/exec";
    private static readonly string[] Texts = ["server", "tls-server-name", "proxy-url"];
    private static readonly string[] Flags = ["insecure-skip-tls-verify", "disable-compression"];

    /// <summary>The fields that are given, but for the authorities.</summary>
    public JsonObject Describe()
    {
        var described = new JsonObject();
        foreach (var key in Texts)
        {
            if (cluster.Text(key) is { } text)
            {
                described[key] = text;
            }
        }

        foreach (var key in Flags.Where(cluster.Flag))
        {
            described[key] = true;
        }

        var extension = cluster.Sections("extensions").FirstOrDefault(extension => extension.Text("name") == Extension);
        if (extension?.Node("extension") is { } config)
        {
            described["config"] = YamlReader.Json(config, YamlScalar.Json);
        }

        return described;
    }
}
