using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>Lays an applied configuration over a live object by the shape of their fields.</summary>
internal static class TypedMerge
{
    public static JsonNode? Merge(JsonNode? live, JsonNode? applied, FieldShape shape) => (live, applied) switch
    {
        (JsonObject left, JsonObject right) when !shape.IsLeaf(right) => MergeMaps(left, right, shape),
        (JsonArray left, JsonArray right) when !shape.IsLeaf(right) => MergeLists(left, right, shape),
        _ => applied?.DeepClone(),
    };

    private static JsonObject MergeMaps(JsonObject live, JsonObject applied, FieldShape shape)
    {
        var result = live.DeepClone().AsObject();
        foreach ((var name, var value) in applied)
        {
            result[name] = Merge(live[name], value, shape.Field(name));
        }

        return result;
    }

    /// <summary>Applied items come in their own order; live ones that are not applied keep their place between them.</summary>
    private static JsonArray MergeLists(JsonArray live, JsonArray applied, FieldShape shape)
    {
        Dictionary<string, JsonNode?> known = new(StringComparer.Ordinal);
        foreach (var item in live)
        {
            known.TryAdd(shape.Element(item), item);
        }

        HashSet<string> wanted = [.. applied.Select(shape.Element)];
        HashSet<string> done = new(StringComparer.Ordinal);
        JsonArray result = [];
        int l = 0, r = 0;
        while (l < live.Count || r < applied.Count)
        {
            var left = l < live.Count ? shape.Element(live[l]) : null;
            if (left is not null && (!wanted.Contains(left) || done.Contains(left)))
            {
                if (!wanted.Contains(left))
                {
                    result.Add(live[l]?.DeepClone());
                }

                l++;
                continue;
            }

            var right = shape.Element(applied[r]);
            if (done.Add(right))
            {
                result.Add(known.TryGetValue(right, out var item) ? Merge(item, applied[r], shape.Item()) : applied[r]?.DeepClone());
            }

            r++;
        }

        return result;
    }
}
