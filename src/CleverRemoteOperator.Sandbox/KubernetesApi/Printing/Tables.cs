using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>Renders objects as the meta.k8s.io/v1 Table that kubectl get prints.</summary>
internal static class Tables
{
    public static JsonObject Render(string kind, IReadOnlyList<JsonObject> items, JsonArray? additionalPrinterColumns, TableOptions options) =>
        throw new NotSupportedException();
}
