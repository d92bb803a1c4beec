using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Secrets: what is given as text is kept as base64, the type never changes.</summary>
internal sealed class SecretRules() : KeyedDataRules("Secret", "data")
{
    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static readonly string[] ByType = ["type"];

    public override IReadOnlyList<string> SelectableFields => ByType;

    public override void Decode(JsonObject value, ICollection<string> unknownFields)
    {
        base.Decode(value, unknownFields);
        foreach ((var key, var text) in value.Map("stringData")?.ToArray() ?? [])
        {
            value.Ensure("data")[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text?.GetValue<string>() ?? ""));
        }

        foreach (var text in (value.Map("data") ?? []).Select(pair => pair.Value?.GetValue<string>() ?? ""))
        {
            if (!Convert.TryFromBase64String(text, new byte[text.Length], out _))
            {
                var why = $"illegal base64 data at input byte {Math.Max(0, text.AsSpan().IndexOfAnyExcept(Base64))}";
                throw Undecodable(why, "error decoding from json: " + why);
            }
        }

        value.Remove("stringData");
        value["type"] = value.Text("type") is { Length: > 0 } type ? type : "Opaque";
    }

    public override IEnumerable<FieldError> Validate(JsonObject next, JsonObject? old)
    {
        var type = next.Text("type") ?? "";
        if (old is not null && old.Text("type") != type)
        {
            yield return FieldError.Invalid("type", JsonWords.Quote(type), "field is immutable");
        }

        foreach (var key in RequiredKeys(type).Where(key => next.Map("data")?.ContainsKey(key) != true))
        {
            yield return FieldError.Required($"data[{key}]");
        }

        foreach (var error in base.Validate(next, old))
        {
            yield return error;
        }
    }

    public override IReadOnlyDictionary<string, string> Fields(JsonObject value) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["type"] = value.Text("type") ?? "" };

    protected override int SizeOf(string field, JsonNode? value) => (value?.GetValue<string>().Length ?? 0) * 3 / 4;

    private static string[] RequiredKeys(string type) => type switch
    {
        "kubernetes.io/tls" => ["tls.crt", "tls.key"],
        "kubernetes.io/dockerconfigjson" => [".dockerconfigjson"],
        "kubernetes.io/ssh-auth" => ["ssh-privatekey"],
        _ => [],
    };
}
