using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>An OpenAPI v3 schema of a custom resource, read once: it prunes, defaults and validates objects.</summary>
internal sealed class StructuralSchema
{
    private StructuralSchema(JsonObject source)
    {
        Source = source;
        Type = Text("type");
        Nullable = Flag("nullable");
        Format = Text("format");
        IntOrString = Flag("x-kubernetes-int-or-string");
        PreserveUnknownFields = Flag("x-kubernetes-preserve-unknown-fields");
        EmbeddedResource = Flag("x-kubernetes-embedded-resource");
        ListType = Text("x-kubernetes-list-type");
        MapType = Text("x-kubernetes-map-type");
        MapKeys = Strings("x-kubernetes-list-map-keys");
        Required = Strings("required");
        HasDefault = source.ContainsKey("default");
        Properties = Children("properties");
        Items = Child("items");
        AdditionalProperties = Child("additionalProperties");
        AnyAdditionalProperty = source["additionalProperties"] is JsonValue value && value.TryGetValue(out bool any) && any;
        AllOf = Alternatives("allOf");
        AnyOf = Alternatives("anyOf");
        OneOf = Alternatives("oneOf");
        Not = Child("not");
        Rules = [.. (source["x-kubernetes-validations"] as JsonArray ?? []).OfType<JsonObject>().Select(ValidationRule.Parse)];
        HasRules = Rules.Count > 0 || Subschemas().Any(child => child.HasRules);
    }

    public JsonObject Source { get; }

    public string? Type { get; }

    public bool Nullable { get; }

    public string? Format { get; }

    public bool IntOrString { get; }

    public bool PreserveUnknownFields { get; }

    public bool EmbeddedResource { get; }

    public string? ListType { get; }

    public string? MapType { get; }

    public IReadOnlyList<string> MapKeys { get; }

    public IReadOnlyList<string> Required { get; }

    public bool HasDefault { get; }

    public JsonNode? Default => Source["default"]?.DeepClone();

    public IReadOnlyDictionary<string, StructuralSchema> Properties { get; }

    public StructuralSchema? Items { get; }

    public StructuralSchema? AdditionalProperties { get; }

    public bool AnyAdditionalProperty { get; }

    public IReadOnlyList<StructuralSchema> AllOf { get; }

    public IReadOnlyList<StructuralSchema> AnyOf { get; }

    public IReadOnlyList<StructuralSchema> OneOf { get; }

    public StructuralSchema? Not { get; }

    public IReadOnlyList<ValidationRule> Rules { get; }

    /// <summary>Whether this schema or one below it has x-kubernetes-validations.</summary>
    public bool HasRules { get; }

    /// <summary>Reads a schema; throws <see cref="CelException"/> when a rule in it cannot be parsed.</summary>
    public static StructuralSchema Parse(JsonObject openApiV3Schema) => new(openApiV3Schema.DeepClone().AsObject());

    /// <summary>Removes the fields the schema does not know and names each one's path in <paramref name="unknownFields"/>.</summary>
    public void Prune(JsonObject value, ICollection<string> unknownFields) =>
        Pruning.PruneResource(this, value, "", unknownFields);

    /// <summary>Fills in defaults; a null in a field that is not nullable gives way to the default, or to nothing.</summary>
    public void ApplyDefaults(JsonObject value) => Defaulting.Apply(this, value);

    /// <summary>All mistakes in the value; with <paramref name="old"/>, those of unchanged parts are let pass and transition rules apply.</summary>
    public IReadOnlyList<FieldError> Validate(JsonObject value, JsonObject? old) => ResourceValidation.Validate(this, value, old);

    /// <summary>The schema of a field of an object, or null when none is known.</summary>
    public StructuralSchema? Field(string name) => Properties.GetValueOrDefault(name) ?? AdditionalProperties;

    private IEnumerable<StructuralSchema> Subschemas() =>
        Properties.Values.Concat(new[] { Items, AdditionalProperties }.OfType<StructuralSchema>());

    private StructuralSchema? Child(string name) => Source[name] is JsonObject child ? new StructuralSchema(child) : null;

    private Dictionary<string, StructuralSchema> Children(string name) =>
        (Source[name] as JsonObject ?? []).Where(pair => pair.Value is JsonObject)
            .ToDictionary(pair => pair.Key, pair => new StructuralSchema(pair.Value!.AsObject()), StringComparer.Ordinal);

    private StructuralSchema[] Alternatives(string name) =>
        [.. (Source[name] as JsonArray ?? []).OfType<JsonObject>().Select(child => new StructuralSchema(child))];

    private string? Text(string name) => Source[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private bool Flag(string name) => Source[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    private string[] Strings(string name) =>
        [.. (Source[name] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.TryGetValue(out string? text) ? text : null).OfType<string>()];
}
