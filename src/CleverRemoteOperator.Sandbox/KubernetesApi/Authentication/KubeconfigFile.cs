using System.Text;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

/// <summary>Writes the kubeconfig with which a user reaches one cluster; its names stay apart when kubectl merges several.</summary>
internal static class KubeconfigFile
{
    public static string Render(string cluster, Uri server, string authorityPem, string user, string token) => $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {cluster}
          cluster:
            server: {server.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(authorityPem))}
        users:
        - name: {user}@{cluster}
          user:
            token: {token}
        contexts:
        - name: {cluster}
          context:
            cluster: {cluster}
            user: {user}@{cluster}
            namespace: default
        current-context: {cluster}

        """;
}
