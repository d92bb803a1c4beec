using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>A set of field paths as a tree, in the words of fieldsV1: <c>f:name</c>, <c>k:{…}</c>, <c>v:value</c>.</summary>
internal sealed class FieldSet
{
    private readonly SortedDictionary<string, FieldSet> _children = new(StringComparer.Ordinal);

    /// <summary>Whether the path to this node itself is in the set.</summary>
    public bool Member { get; private set; }

    public IReadOnlyDictionary<string, FieldSet> Children => _children;

    public bool IsEmpty => !Member && _children.Values.All(child => child.IsEmpty);

    public static FieldSet Read(JsonObject fieldsV1)
    {
        FieldSet set = new();
        foreach ((var name, var value) in fieldsV1)
        {
            if (name == ".")
            {
                set.Member = true;
            }
            else
            {
                var below = value as JsonObject ?? [];
                var child = Read(below);
                child.Member |= below.Count == 0;
                set._children[name] = child;
            }
        }

        return set;
    }

    public JsonObject Write()
    {
        JsonObject fieldsV1 = [];
        var hasChildren = _children.Values.Any(child => !child.IsEmpty);
        if (Member && hasChildren)
        {
            fieldsV1["."] = new JsonObject();
        }

        foreach ((var name, var child) in _children.Where(pair => !pair.Value.IsEmpty))
        {
            fieldsV1[name] = child.Write();
        }

        return fieldsV1;
    }

    public void Insert(ReadOnlySpan<string> path)
    {
        var node = this;
        foreach (var element in path)
        {
            if (!node._children.TryGetValue(element, out var child))
            {
                child = new FieldSet();
                node._children[element] = child;
            }

            node = child;
        }

        node.Member = true;
    }

    public FieldSet Union(FieldSet other) => Combine(this, other, (left, right) => left || right);

    public FieldSet Intersection(FieldSet other) => Combine(this, other, (left, right) => left && right);

    public FieldSet Difference(FieldSet other) => Combine(this, other, (left, right) => left && !right);

    /// <summary>The set with every named field on the way to a member a member too.</summary>
    public FieldSet WithParents()
    {
        FieldSet result = new() { Member = Member };
        foreach ((var name, var child) in _children.Where(pair => !pair.Value.IsEmpty))
        {
            var copy = child.WithParents();
            copy.Member |= name.StartsWith("f:", StringComparison.Ordinal);
            result._children[name] = copy;
        }

        return result;
    }

    /// <summary>Every member as text, such as <c>.spec.list[name="x"].port</c>.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        var below = _children.SelectMany(pair => pair.Value.Paths(prefix + Text(pair.Key)));
        return Member ? below.Prepend(prefix) : below;
    }

    private static string Text(string element) => element[..2] switch
    {
        "f:" => "." + element[2..],
        "k:" => "[" + string.Join(',', JsonNode.Parse(element[2..])!.AsObject().Select(key => $"{key.Key}={JsonWords.Compact(key.Value)}")) + "]",
        "v:" => $"[={element[2..]}]",
        _ => $"[{element[2..]}]",
    };

    private static FieldSet Combine(FieldSet left, FieldSet right, Func<bool, bool, bool> keep)
    {
        FieldSet empty = new();
        FieldSet result = new() { Member = keep(left.Member, right.Member) };
        foreach (var name in left._children.Keys.Union(right._children.Keys))
        {
            var child = Combine(left._children.GetValueOrDefault(name, empty), right._children.GetValueOrDefault(name, empty), keep);
            if (!child.IsEmpty)
            {
                result._children[name] = child;
            }
        }

        return result;
    }
}
