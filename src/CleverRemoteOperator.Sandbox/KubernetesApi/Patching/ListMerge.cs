using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>How a strategic merge patch merges lists whose schema names a patch strategy.</summary>
internal static class ListMerge
{
    public static bool MergesByStrategy(FieldShape shape) => (string?)shape.Schema?.Source["x-kubernetes-patch-strategy"] == "merge";

    public static JsonArray Merge(
        JsonArray target, JsonArray patch, JsonArray? order, FieldShape shape, Func<JsonObject, JsonObject, FieldShape, JsonObject> mergeMap)
    {
        CheckOrder(patch, order, shape);
        List<JsonNode?> items = [.. target.Select(item => item?.DeepClone())];
        if (patch.OfType<JsonObject>().Any(item => (string?)item["$patch"] == "replace"))
        {
            return [.. patch.Where(item => item is not JsonObject map || !map.ContainsKey("$patch")).Select(item => item?.DeepClone())];
        }

        foreach (var item in patch)
        {
            var index = items.FindIndex(candidate => Identity(candidate, shape) == Identity(item, shape));
            if (item is not JsonObject change)
            {
                if (index < 0)
                {
                    items.Add(item?.DeepClone());
                }

                continue;
            }

            if (MergeKey(shape) is { } key && !change.ContainsKey(key))
            {
                throw new PatchException(500, "", $"map: {GoText.Print(change)} does not contain declared merge key: {key}");
            }

            if ((string?)change["$patch"] == "delete")
            {
                items.RemoveAll(candidate => Identity(candidate, shape) == Identity(item, shape));
            }
            else if (index < 0)
            {
                items.Add(mergeMap([], change, shape.Item()));
            }
            else
            {
                items[index] = mergeMap(items[index]!.DeepClone().AsObject(), change, shape.Item());
            }
        }

        return [.. items];
    }

    /// <summary>Items named in the order come in that order; the others keep their place behind the item they followed.</summary>
    public static JsonArray Sort(JsonArray list, JsonArray order, FieldShape shape)
    {
        List<string> wanted = [.. order.Select(item => Identity(item, shape))];
        List<JsonNode?> known = [.. list.Where(item => wanted.Contains(Identity(item, shape))).OrderBy(item => wanted.IndexOf(Identity(item, shape)))];
        List<JsonNode?> result = [];
        var next = 0;
        foreach (var item in list)
        {
            result.Add(wanted.Contains(Identity(item, shape)) ? known[next++] : item);
        }

        return [.. result.Select(item => item?.DeepClone())];
    }

    private static void CheckOrder(JsonArray patch, JsonArray? order, FieldShape shape)
    {
        if (order is null)
        {
            return;
        }

        string[] wanted = [.. order.Select(item => Identity(item, shape))];
        string[] given = [.. patch.Where(item => item is not JsonObject map || !map.ContainsKey("$patch")).Select(item => Identity(item, shape))];
        if (!wanted.Where(given.Contains).SequenceEqual(given))
        {
            throw new PatchException(500, "",
                $"The order in patch list:\n{GoText.Print(patch)}\n doesn't match $setElementOrder list:\n{GoText.Print(order)}\n");
        }
    }

    private static string Identity(JsonNode? item, FieldShape shape) =>
        item is JsonObject map && MergeKey(shape) is { } key ? JsonWords.Compact(map[key]) : JsonWords.Compact(item);

    private static string? MergeKey(FieldShape shape) => (string?)shape.Schema?.Source["x-kubernetes-patch-merge-key"];
}
