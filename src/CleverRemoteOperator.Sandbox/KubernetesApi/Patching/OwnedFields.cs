using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>The fields that two states of an object differ in.</summary>
internal sealed record FieldChanges(FieldSet Added, FieldSet Modified, FieldSet Removed);

/// <summary>Turns values into field sets.</summary>
internal static class OwnedFields
{
    private static readonly FieldSet NeverOwned = FieldSet.Read(JsonNode.Parse("""
        {"f:apiVersion":{},"f:kind":{},"f:metadata":{".":{},"f:name":{},"f:namespace":{},"f:creationTimestamp":{},"f:selfLink":{},
         "f:uid":{},"f:clusterName":{},"f:generation":{},"f:managedFields":{},"f:resourceVersion":{}}}
        """)!.AsObject());

    /// <summary>All fields that an applied configuration names.</summary>
    public static FieldSet Of(JsonObject value, FieldShape shape)
    {
        FieldSet set = new();
        Visit(value, shape, [], set);
        return Own(set);
    }

    public static FieldChanges Compare(JsonObject before, JsonObject after, FieldShape shape)
    {
        FieldChanges changes = new(new FieldSet(), new FieldSet(), new FieldSet());
        CompareMaps(before, after, shape, [], changes);
        return new FieldChanges(Own(changes.Added), Own(changes.Modified), Own(changes.Removed));
    }

    /// <summary>The set without the fields that nobody owns, such as the name, and without <c>metadata</c> as a whole.</summary>
    public static FieldSet Own(FieldSet set) => set.Difference(NeverOwned);

    /// <summary>Removes the fields in the set, each with all below it.</summary>
    public static void Remove(JsonNode? value, FieldShape shape, FieldSet remove)
    {
        switch (value)
        {
            case JsonObject map when !shape.IsLeaf(map):
                foreach (var name in map.Select(pair => pair.Key).ToArray())
                {
                    if (!remove.Children.TryGetValue("f:" + name, out var child))
                    {
                        continue;
                    }

                    if (child.Member)
                    {
                        map.Remove(name);
                    }
                    else
                    {
                        Remove(map[name], shape.Field(name), child);
                    }
                }

                break;
            case JsonArray list when !shape.IsLeaf(list):
                for (var i = list.Count - 1; i >= 0; i--)
                {
                    if (!remove.Children.TryGetValue(shape.Element(list[i]), out var child))
                    {
                        continue;
                    }

                    if (child.Member)
                    {
                        list.RemoveAt(i);
                    }
                    else
                    {
                        Remove(list[i], shape.Item(), child);
                    }
                }

                break;
        }
    }

    private static void Visit(JsonNode? value, FieldShape shape, string[] path, FieldSet set)
    {
        if (shape.IsLeaf(value))
        {
            set.Insert(path);
            return;
        }

        if (value is JsonObject map)
        {
            foreach ((var name, var child) in map)
            {
                string[] below = [.. path, "f:" + name];
                Visit(child, shape.Field(name), below, set);
                if (child is null or JsonObject { Count: 0 } || !shape.Declares(name))
                {
                    set.Insert(below);
                }
            }
        }
        else if (value is JsonArray list)
        {
            foreach (var item in list)
            {
                string[] below = [.. path, shape.Element(item)];
                Visit(item, shape.Item(), below, set);
                set.Insert(below);
            }
        }
    }

    private static void CompareMaps(JsonObject before, JsonObject after, FieldShape shape, string[] path, FieldChanges changes)
    {
        foreach (var name in before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key)))
        {
            Side left = new(before.TryGetPropertyValue(name, out var was), was);
            Side right = new(after.TryGetPropertyValue(name, out var now), now);
            CompareValues(left, right, shape.Field(name), [.. path, "f:" + name], changes);
        }
    }

    private static void CompareLists(JsonArray before, JsonArray after, FieldShape shape, string[] path, FieldChanges changes)
    {
        var was = before.ToLookup(shape.Element);
        var now = after.ToLookup(shape.Element);
        foreach (var element in was.Select(group => group.Key).Union(now.Select(group => group.Key)))
        {
            Side left = new(was.Contains(element), was[element].FirstOrDefault());
            Side right = new(now.Contains(element), now[element].FirstOrDefault());
            CompareValues(left, right, shape.Item(), [.. path, element], changes);
        }
    }

    private static void CompareValues(Side before, Side after, FieldShape shape, string[] path, FieldChanges changes)
    {
        var bothMaps = Opens<JsonObject>(before, after, shape);
        var bothLists = !bothMaps && Opens<JsonArray>(before, after, shape);
        if (bothMaps)
        {
            CompareMaps(before.Value as JsonObject ?? [], after.Value as JsonObject ?? [], shape, path, changes);
        }
        else if (bothLists)
        {
            CompareLists(before.Value as JsonArray ?? [], after.Value as JsonArray ?? [], shape, path, changes);
        }

        if (!before.Present)
        {
            changes.Added.Insert(path);
        }
        else if (!after.Present)
        {
            changes.Removed.Insert(path);
        }
        else if (!bothMaps && !bothLists && !JsonNode.DeepEquals(before.Value, after.Value))
        {
            changes.Modified.Insert(path);
        }
    }

    /// <summary>Whether both sides, as far as they are there, are of this type and made of parts.</summary>
    private static bool Opens<T>(Side before, Side after, FieldShape shape)
        where T : JsonNode =>
        (before.Value is T left && !shape.IsLeaf(left) && (after.Value is T || !after.Present))
        || (after.Value is T right && !shape.IsLeaf(right) && (before.Value is T || !before.Present));

    private readonly record struct Side(bool Present, JsonNode? Value);
}
