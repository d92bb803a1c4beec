using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>What Secrets and ConfigMaps share: keys, a size limit, and that they can be made immutable.</summary>
internal abstract partial class KeyedDataRules(string kind, params string[] dataFields) : BuiltInRules("v1", kind)
{
    private const int MaximumSize = 1024 * 1024;

    public override IEnumerable<FieldError> Validate(JsonObject next, JsonObject? old)
    {
        foreach ((var field, var key) in dataFields.SelectMany(field => (next.Map(field) ?? []).Select(pair => (field, pair.Key))))
        {
            if (key.Length > 253 || !Key().IsMatch(key) || key is "." or "..")
            {
                yield return FieldError.Invalid($"{field}[{key}]", JsonWords.Quote(key), "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
            }
        }

        if (dataFields.Sum(field => (next.Map(field) ?? []).Sum(pair => SizeOf(field, pair.Value))) > MaximumSize)
        {
            yield return FieldError.TooLong(dataFields[0], MaximumSize);
        }

        if (old?.Flag("immutable") == true)
        {
            if (!next.Flag("immutable"))
            {
                yield return FieldError.Forbidden("immutable", "field is immutable when `immutable` is set");
            }

            foreach (var field in dataFields.Where(field => !JsonNode.DeepEquals(next[field], old[field])))
            {
                yield return FieldError.Forbidden(field, "field is immutable when `immutable` is set");
            }
        }
    }

    protected abstract int SizeOf(string field, JsonNode? value);

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z")]
    private static partial Regex Key();
}
