using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.BuiltIn;

/// <summary>The schemas of the kinds that every API server has.</summary>
internal static class BuiltInSchemas
{
    private static readonly Dictionary<string, StructuralSchema> Resources;

    static BuiltInSchemas()
    {
        Types = Read(BuiltInTypes.Text);
        ObjectMeta = StructuralSchema.Parse(Expand(Types.Single(type => type.Name == "meta.v1.ObjectMeta")));
        Resources = Types.Where(type => type.IsResource).ToDictionary(Key, type => StructuralSchema.Parse(Expand(type)));
    }

    /// <summary>All types, those they refer to first.</summary>
    public static IReadOnlyList<BuiltInType> Types { get; }

    /// <summary>The schema of <c>metadata</c>, the same for every kind.</summary>
    public static StructuralSchema ObjectMeta { get; }

    /// <summary>The schema for an object of this apiVersion and kind; null when the kind is not built in.</summary>
    public static StructuralSchema? Find(string? apiVersion, string? kind) => Resources.GetValueOrDefault($"{apiVersion}/{kind}");

    /// <summary>The type that a field of another type names: of its own package, or of meta or core.</summary>
    public static BuiltInType Resolve(BuiltInType from, string kind) =>
        Types.FirstOrDefault(type => type.Kind == kind && type.Group == from.Group && type.Group.Length > 0)
        ?? Types.First(type => type.Kind == kind);

    private static string Key(BuiltInType type) => type.Group.Length == 0 ? $"v1/{type.Kind}" : $"{type.Group}/v1/{type.Kind}";

    private static JsonObject Expand(BuiltInType type) => type.Schema(kind => Expand(Resolve(type, kind)));

    private static List<BuiltInType> Read(string text)
    {
        List<BuiltInType> types = [];
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!line.StartsWith(' '))
            {
                types.Add(new BuiltInType(words[0], words is [_, "atomic"], []));
                continue;
            }

            var fields = words.Select(word => word.Split(':', 2))
                .Select(parts => new BuiltInField(parts[0].TrimEnd('*'), parts[0].EndsWith('*'), parts[1]));
            types[^1] = types[^1] with { Fields = [.. types[^1].Fields, .. fields] };
        }

        return types;
    }
}
