using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>Strategic merge patch for the built-in kinds.</summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string SetOrder = "$setElementOrder/";
    private const string DeleteFrom = "$deleteFromPrimitiveList/";

    /// <summary>Returns the patched copy; throws <see cref="PatchException"/> for directives that make no sense.</summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch) =>
        MergeMap(target.DeepClone().AsObject(), patch, FieldShape.Of(target, null));

    private static JsonObject MergeMap(JsonObject target, JsonObject patch, FieldShape shape)
    {
        switch ((string?)patch[Directive])
        {
            case "replace":
                var replacement = patch.DeepClone().AsObject();
                replacement.Remove(Directive);
                return replacement;
            case "delete":
                return [];
            case "merge" or null:
                break;
            case string unknown:
                throw new PatchException(500, "", $"unknown patch type: {unknown} in map: {GoText.Print(patch)}");
        }

        Retain(target, patch);
        foreach ((var key, var value) in patch)
        {
            if (key.StartsWith(DeleteFrom, StringComparison.Ordinal) && value is JsonArray removed && target[key[DeleteFrom.Length..]] is JsonArray list)
            {
                list.RemoveAll(item => removed.Any(candidate => JsonNode.DeepEquals(candidate, item)));
            }
        }

        foreach ((var key, var value) in patch)
        {
            if (key is Directive or RetainKeys || key.StartsWith(SetOrder, StringComparison.Ordinal) || key.StartsWith(DeleteFrom, StringComparison.Ordinal))
            {
                continue;
            }

            MergeField(target, key, value, patch[SetOrder + key] as JsonArray, shape.Field(key));
        }

        Reorder(target, patch, shape);
        return target;
    }

    private static void MergeField(JsonObject target, string key, JsonNode? value, JsonArray? order, FieldShape shape)
    {
        switch (value)
        {
            case null:
                target.Remove(key);
                break;
            case JsonObject map:
                // Directives inside a new map are worked off too.
                target[key] = MergeMap(target[key]?.DeepClone() as JsonObject ?? [], map, shape);
                if (map[Directive] is JsonValue directive && (string?)directive == "delete")
                {
                    target.Remove(key);
                }

                break;
            case JsonArray list when ListMerge.MergesByStrategy(shape):
                target[key] = ListMerge.Merge(target[key] as JsonArray ?? [], list, order, shape, MergeMap);
                break;
            default:
                target[key] = value.DeepClone();
                break;
        }
    }

    private static void Retain(JsonObject target, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(RetainKeys, out var given))
        {
            return;
        }

        HashSet<string> kept = given is JsonArray names
            ? [.. names.Select(name => (string?)name ?? "")]
            : throw PatchException.BadRequest("invalid patch format of retainKeys");
        var covers = patch.Where(pair => !pair.Key.StartsWith('$') && pair.Value is not null).All(pair => kept.Contains(pair.Key));
        if (!covers)
        {
            throw PatchException.BadRequest("invalid patch format of retainKeys");
        }

        foreach (var name in target.Select(pair => pair.Key).Where(name => !kept.Contains(name)).ToArray())
        {
            target.Remove(name);
        }
    }

    /// <summary>An order may come without its list: then it only sorts what is there.</summary>
    private static void Reorder(JsonObject target, JsonObject patch, FieldShape shape)
    {
        foreach ((var key, var order) in patch)
        {
            var name = key.StartsWith(SetOrder, StringComparison.Ordinal) ? key[SetOrder.Length..] : "";
            if (name.Length > 0 && order is JsonArray wanted && target[name] is JsonArray list && ListMerge.MergesByStrategy(shape.Field(name)))
            {
                target[name] = ListMerge.Sort(list, wanted, shape.Field(name));
            }
        }
    }
}
