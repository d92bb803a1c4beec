using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>Writes the kubeconfigs of the cases.</summary>
internal static class KubeconfigText
{
    /// <summary>One context with these.</summary>
    /// <param name="user">JSON, or YAML in braces.</param>
    public static string Of(JsonObject cluster, string user) => $"""
        apiVersion: v1
        kind: Config
        current-context: main
        contexts:
        - name: main
          context: {"{cluster: here, user: me}"}
        clusters:
        - name: here
          cluster: {cluster.ToJsonString(Plain)}
        users:
        - name: me
          user: {user}

        """;

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static JsonObject Cluster(Uri server, string? authority, params (string Key, JsonNode Value)[] more)
    {
        var cluster = new JsonObject { ["server"] = server.AbsoluteUri.TrimEnd('/') };
        if (authority is not null)
        {
            cluster["certificate-authority-data"] = Base64(authority);
        }

        foreach (var (key, value) in more)
        {
            cluster[key] = value;
        }

        return cluster;
    }

    /// <summary>JSON that YAML 1.1 reads just so.</summary>
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
