using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

/// <summary>JSON literals for tests: <c>'</c> may stand for the double quote.</summary>
internal static class JsonText
{
    public static JsonObject Object(string text) => JsonNode.Parse(text.Replace('\'', '"'))!.AsObject();

    public static JsonArray Array(string text) => JsonNode.Parse(text.Replace('\'', '"'))!.AsArray();

    public static void AssertEqual(string expected, JsonNode? actual) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected.Replace('\'', '"')), actual),
            $"expected {expected} but got {actual?.ToJsonString()}");
}
