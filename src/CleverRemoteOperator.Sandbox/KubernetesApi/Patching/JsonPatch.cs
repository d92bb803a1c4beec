using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>JSON patch (RFC 6902), answering mistakes as the API server does.</summary>
internal static class JsonPatch
{
    /// <summary>Returns the patched copy; throws <see cref="PatchException"/> when any operation fails.</summary>
    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        var document = target.DeepClone();
        foreach (var item in operations)
        {
            var operation = item as JsonObject ?? throw PatchException.BadRequest(
                $"error decoding patch: json: cannot unmarshal {JsonWords.GoKind(item)} into Go value of type handlers.jsonPatchOp");
            document = ApplyOne(document, operation);
        }

        return document as JsonObject ?? throw PatchException.Rejected();
    }

    private static JsonNode ApplyOne(JsonNode document, JsonObject operation)
    {
        var name = operation["op"] is JsonValue op && op.TryGetValue(out string? text) ? text : "";
        if (name is not ("add" or "remove" or "replace" or "move" or "copy" or "test"))
        {
            throw Malformed(operation, "unsupported operation");
        }

        var path = Pointer(operation, "path", "failed to decode 'path': operation missing path field: missing value");
        switch (name)
        {
            case "add":
                path.Add(document, Value(operation));
                break;
            case "remove":
                path.Remove(document);
                break;
            case "replace":
                var replacement = Value(operation);
                if (path.IsRoot)
                {
                    return replacement ?? throw PatchException.Rejected();
                }

                path.Replace(document, replacement);
                break;
            case "move":
                var moved = From(operation).Remove(document);
                path.Add(document, moved);
                break;
            case "copy":
                path.Add(document, From(operation).Get(document)?.DeepClone());
                break;
            default:
                Test(document, operation, path);
                break;
        }

        return document;
    }

    private static void Test(JsonNode document, JsonObject operation, JsonPointer path)
    {
        var actual = path.TryGet(document, out var found) ? found : null;
        if (!path.ParentExists(document) || !JsonNode.DeepEquals(actual, operation["value"]))
        {
            throw PatchException.Rejected();
        }
    }

    private static JsonPointer From(JsonObject operation) =>
        Pointer(operation, "from", "failed to decode 'from': operation, missing from field: missing value");

    private static JsonPointer Pointer(JsonObject operation, string field, string missing) =>
        operation[field] is JsonValue value && value.TryGetValue(out string? text)
            ? JsonPointer.Parse(text)
            : throw Malformed(operation, missing);

    private static JsonNode? Value(JsonObject operation) =>
        operation.TryGetPropertyValue("value", out var value)
            ? value?.DeepClone()
            : throw Malformed(operation, "failed to decode 'value': operation, missing value field: missing value");

    private static PatchException Malformed(JsonObject operation, string why) =>
        PatchException.BadRequest($"invalid operation {operation.ToJsonString(JsonSerializerOptions.Default)}: {why}");
}
