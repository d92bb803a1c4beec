using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>Renders objects as the meta.k8s.io/v1 Table that kubectl get prints.</summary>
internal static class Tables
{
    /// <summary>
    /// A kind without columns of its own is taken for a custom resource.
    /// Throws <see cref="FormatException"/> for a column whose JSONPath cannot be read.
    /// </summary>
    public static JsonObject Render(string kind, IReadOnlyList<JsonObject> items, JsonArray? additionalPrinterColumns, TableOptions options)
    {
        var columns = additionalPrinterColumns is null && BuiltInColumns.Find(kind) is { } builtIn
            ? builtIn
            : CustomColumns.Read(additionalPrinterColumns);
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = options.ListMetadata?.DeepClone() ?? new JsonObject(),
            ["columnDefinitions"] = new JsonArray([.. columns.Select(column => column.Definition())]),
            ["rows"] = new JsonArray([.. items.Select(item => Row(item, columns, options))]),
        };
    }

    private static JsonObject Row(JsonObject item, IReadOnlyList<Column> columns, TableOptions options) => new()
    {
        ["cells"] = new JsonArray([.. columns.Select(column => column.Cell(item, options.Now))]),
        ["object"] = options.IncludeObject switch
        {
            IncludeObject.Object => item.DeepClone(),
            IncludeObject.Metadata => new JsonObject
            {
                ["kind"] = "PartialObjectMetadata",
                ["apiVersion"] = "meta.k8s.io/v1",
                ["metadata"] = item["metadata"]?.DeepClone(),
            },
            _ => null,
        },
    };
}
