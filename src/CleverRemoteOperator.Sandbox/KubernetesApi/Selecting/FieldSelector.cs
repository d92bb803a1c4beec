using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Selecting;

/// <summary>A field selector: fields that all have to have, or not to have, a value. Throws 400 for fields the resource does not offer.</summary>
internal sealed class FieldSelector
{
    private readonly List<(string Field, string Value, bool Equal)> _requirements = [];

    private FieldSelector(string text, ResourceType type)
    {
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var separator = Array.Find(["!=", "==", "="], candidate => part.Contains(candidate, StringComparison.Ordinal))
                ?? throw ApiErrors.BadRequest($"invalid selector: '{part}'; can't understand '{part}'");
            var sides = part.Split(separator, 2);
            if (sides[0] is not ("metadata.name" or "metadata.namespace") && !type.Rules.SelectableFields.Contains(sides[0]))
            {
                throw ApiErrors.BadRequest(type.Custom || type.Rules.SelectableFields.Count > 0
                    ? $"field label not supported: {sides[0]}"
                    : $"{JsonWords.Quote(sides[0])} is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
            }

            _requirements.Add((sides[0], sides[1], separator != "!="));
        }
    }

    public bool IsEmpty => _requirements.Count == 0;

    public static FieldSelector Parse(string? text, ResourceType type) => new(text ?? "", type);

    public bool Matches(StoredObject candidate) =>
        _requirements.TrueForAll(requirement => (ValueOf(candidate, requirement.Field) == requirement.Value) == requirement.Equal);

    private static string ValueOf(StoredObject candidate, string field) => field switch
    {
        "metadata.name" => candidate.Name,
        "metadata.namespace" => candidate.Namespace,
        _ => candidate.Fields.GetValueOrDefault(field, ""),
    };
}
