using System.Globalization;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>A JSON pointer (RFC 6901); its edits throw <see cref="PatchException"/> where the place does not exist.</summary>
internal sealed class JsonPointer
{
    private readonly string[] _parents;
    private readonly string _last;

    private JsonPointer(string[] parents, string last, bool isRoot)
    {
        _parents = parents;
        _last = last;
        IsRoot = isRoot;
    }

    public bool IsRoot { get; }

    /// <summary>Reads the text; what stands before the first slash is ignored, as the API server ignores it.</summary>
    public static JsonPointer Parse(string text)
    {
        string[] parts = [.. text.Split('/').Skip(1).Select(part => part.Replace("~1", "/").Replace("~0", "~"))];
        return parts.Length == 0 ? new JsonPointer([], "", true) : new JsonPointer(parts[..^1], parts[^1], false);
    }

    public bool TryGet(JsonNode document, out JsonNode? value)
    {
        value = document;
        if (IsRoot)
        {
            return true;
        }

        var parent = FindParent(document);
        value = null;
        return parent switch
        {
            JsonObject map => map.TryGetPropertyValue(_last, out value),
            JsonArray list => TryItem(list, out value),
            _ => false,
        };
    }

    public bool ParentExists(JsonNode document) =>
        IsRoot || FindParent(document) is JsonObject || (FindParent(document) is JsonArray list && TryItem(list, out _));

    public JsonNode? Get(JsonNode document) =>
        TryGet(document, out var value) ? value : throw PatchException.Rejected();

    public void Add(JsonNode document, JsonNode? value)
    {
        switch (Parent(document))
        {
            case JsonObject map:
                map[_last] = value;
                break;
            case JsonArray list when _last == "-":
                list.Add(value);
                break;
            case JsonArray list:
                list.Insert(Index(list, list.Count + 1), value);
                break;
            default:
                throw PatchException.Rejected();
        }
    }

    public void Replace(JsonNode document, JsonNode? value)
    {
        switch (Parent(document))
        {
            case JsonObject map when map.ContainsKey(_last):
                map[_last] = value;
                break;
            case JsonArray list:
                list[Index(list, list.Count)] = value;
                break;
            default:
                throw PatchException.Rejected();
        }
    }

    public JsonNode? Remove(JsonNode document)
    {
        switch (Parent(document))
        {
            case JsonObject map when map.TryGetPropertyValue(_last, out var value):
                map.Remove(_last);
                return value;
            case JsonArray list:
                var index = Index(list, list.Count);
                var item = list[index];
                list.RemoveAt(index);
                return item;
            default:
                throw PatchException.Rejected();
        }
    }

    private JsonNode Parent(JsonNode document) =>
        !IsRoot && FindParent(document) is { } parent ? parent : throw PatchException.Rejected();

    private JsonNode? FindParent(JsonNode document)
    {
        var node = document;
        foreach (var part in _parents)
        {
            node = node switch
            {
                JsonObject map => map[part],
                JsonArray list => new JsonPointer([], part, false).TryItem(list, out var item) ? item : null,
                _ => null,
            };
        }

        return node;
    }

    private bool TryItem(JsonArray list, out JsonNode? item)
    {
        var inside = TryIndex(list.Count, out var index);
        item = inside ? list[index] : null;
        return inside;
    }

    private int Index(JsonArray list, int limit) =>
        TryIndex(limit, out var index) && index <= list.Count ? index : throw PatchException.Rejected();

    /// <summary>A negative index counts from the end, as the API server has it.</summary>
    private bool TryIndex(int limit, out int index)
    {
        if (!int.TryParse(_last, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index))
        {
            return false;
        }

        index = index < 0 ? index + limit : index;
        return index >= 0 && index < limit;
    }
}
