using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.CleverApi;

/// <summary>How the sandbox writes JSON, and reads what it was sent.</summary>
internal static class JsonText
{
    /// <summary>Names as .NET has them turned to camelCase, text not escaped beyond need.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same, and null is refused where the type says there is none.</summary>
    public static JsonSerializerOptions Strict { get; } = new(Options) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static IResult Answer(JsonNode? node) => Results.Text(node?.ToJsonString(Options) ?? "null", "application/json");

    public static IResult AnswerList(IEnumerable<JsonNode?> nodes) => Answer(new JsonArray([.. nodes]));

    /// <summary>The body as <typeparamref name="T"/> (object or array).</summary>
    /// <exception cref="ApiError">400 when it is no JSON or something else.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
        where T : JsonNode
    {
        try
        {
            var node = await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return node as T ?? throw ApiError.Malformed(typeof(T) == typeof(JsonArray) ? "an array is expected." : "an object is expected.");
        }
        catch (JsonException exception)
        {
            throw ApiError.Malformed(exception.Message);
        }
    }

    /// <summary>The text at <paramref name="name"/>, or null when it is absent, null or no text.</summary>
    public static string? Text(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The text at <paramref name="name"/>, which must be there.</summary>
    /// <exception cref="ApiError">400 when it is absent or no text.</exception>
    public static string Require(this JsonObject json, string name) => json.Text(name) ?? throw ApiError.FieldMissing(name);

    /// <summary>The texts as a JSON array.</summary>
    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
