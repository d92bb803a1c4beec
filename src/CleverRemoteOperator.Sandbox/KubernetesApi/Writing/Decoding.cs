using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>Turns what a client sent into an object of its resource: right kind, known fields, defaults.</summary>
internal static class Decoding
{
    /// <summary>Checks and completes the object in place; unknown fields are dropped and told as the client wishes.</summary>
    public static void Decode(ResourceType type, JsonObject value, FieldValidation validation, RequestWarnings warnings)
    {
        CheckType(type, value);
        if (MetadataTypes.Mistake(value.Map("metadata") ?? [], type.Custom ? "ObjectMeta" : "ObjectMeta.metadata") is { } mistake)
        {
            throw Undecodable(type, mistake);
        }

        foreach (var name in (value.Map("metadata") ?? []).Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray())
        {
            value.Map("metadata")!.Remove(name);
        }

        List<string> unknown = [];
        type.Rules.Decode(value, unknown);
        string[] complaints = [.. unknown.Order(StringComparer.Ordinal).Select(path => $"unknown field {JsonWords.Quote(path)}")];
        if (validation == FieldValidation.Strict && complaints.Length > 0)
        {
            throw Undecodable(type, "strict decoding error: " + string.Join(", ", complaints));
        }

        foreach (var complaint in complaints.Where(_ => validation == FieldValidation.Warn))
        {
            warnings.Add(complaint);
        }
    }

    private static void CheckType(ResourceType type, JsonObject value)
    {
        var kind = value.Text("kind") ?? "";
        var apiVersion = value.Text("apiVersion") ?? "";
        if (type.Custom && kind.Length == 0)
        {
            throw ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {type.Kind}): Object 'Kind' is missing in '{Excerpt(value)}'");
        }

        if (apiVersion.Length > 0 && apiVersion != type.ApiVersion)
        {
            throw ApiErrors.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API version ({type.ApiVersion})");
        }

        if (kind.Length > 0 && kind != type.Kind)
        {
            throw type.Custom
                ? ApiErrors.Invalid(kind, type.Group, value.Text("metadata", "name") ?? "", [FieldError.Invalid("kind", JsonWords.Quote(kind), $"must be {type.Kind}")])
                : Undecodable(type, $"converting (v1.{kind}) to (v1.{type.Kind}): unknown conversion", kind);
        }

        value["apiVersion"] = type.ApiVersion;
        value["kind"] = type.Kind;
        if (value["metadata"] is { } metadata and not JsonObject)
        {
            throw Undecodable(type, $"json: cannot unmarshal {JsonWords.GoKind(metadata)} into Go {(type.Custom ? "value" : $"struct field {type.Kind}.metadata")} of type v1.ObjectMeta");
        }

        value.Ensure("metadata");
    }

    private static UndecodableException Undecodable(ResourceType type, string why, string? kind = null) =>
        new($"{kind ?? type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}", why);

    private static string Excerpt(JsonObject value) => value.ToJsonString() is { Length: > 200 } text ? text[..200] : value.ToJsonString();
}
