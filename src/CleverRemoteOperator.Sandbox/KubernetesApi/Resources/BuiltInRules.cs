using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Sandbox.KubernetesApi.BuiltIn;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Rules of a built-in kind: its fields and their types are those of its schema.</summary>
internal partial class BuiltInRules(string apiVersion, string kind) : ResourceRules
{
    private readonly StructuralSchema? _schema = BuiltInSchemas.Find(apiVersion, kind);

    /// <inheritdoc/>
    /// <remarks>Throws 400 for a value of a wrong type, as reading it into a Go type does.</remarks>
    public override void Decode(JsonObject value, ICollection<string> unknownFields)
    {
        DropUnknown(value, unknownFields);
        foreach (var mistake in _schema?.Validate(value, null).Where(error => error.Type == "FieldValueTypeInvalid") ?? [])
        {
            var types = WrongType().Match(mistake.Detail);
            if (types.Success && types.Groups["is"].Value != "null")
            {
                throw Undecodable(
                    $"json: cannot unmarshal {GoKind(types.Groups["is"].Value)} into Go struct field {kind}.{FieldOf(mistake.Path)} of type {GoType(FieldOf(mistake.Path), types.Groups["should"].Value)}",
                    $"cannot convert {GoText.TypeOf(value.At(mistake.Path.Split('.')))} to {types.Groups["should"].Value}");
            }
        }
    }

    protected void DropUnknown(JsonObject value, ICollection<string> unknownFields) => _schema?.Prune(value, unknownFields);

    protected UndecodableException Undecodable(string why, string conversion) =>
        new($"{kind} in version \"{apiVersion.Split('/')[^1]}\" cannot be handled as a {kind}", why) { Conversion = conversion };

    /// <summary>Go names the map, not its key.</summary>
    private static string FieldOf(string path) => path.Split('.')[0] is "data" or "binaryData" or "stringData" ? path.Split('.')[0] : path;

    private string GoType(string field, string type) => field == "binaryData" || (field == "data" && kind == "Secret") ? "[]uint8" : type;

    private static string GoKind(string type) => type switch
    {
        "integer" => "number",
        "boolean" => "bool",
        _ => type,
    };

    [GeneratedRegex("^Invalid value: \"(?<is>[a-z]+)\": .* must be of type (?<should>[a-z]+)")]
    private static partial Regex WrongType();
}
