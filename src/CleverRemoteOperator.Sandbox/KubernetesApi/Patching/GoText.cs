using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>JSON values as Go prints them into some error messages.</summary>
internal static class GoText
{
    public static string Print(JsonNode? value) => value switch
    {
        null => "<nil>",
        JsonObject map => "map[" + string.Join(' ', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{Print(pair.Value)}")) + "]",
        JsonArray list => "[" + string.Join(' ', list.Select(Print)) + "]",
        _ => value.ToString(),
    };
}
