using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    public const string Json = "application/json";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Utf8(JsonNode value) => JsonSerializer.SerializeToUtf8Bytes(value, Plain);

    public static Task WriteAsync(this ApiRequest request, JsonNode value, int status = 200, string contentType = Json) =>
        request.WriteAsync(Utf8(value), status, contentType);

    public static async Task WriteAsync(this ApiRequest request, ReadOnlyMemory<byte> body, int status = 200, string contentType = Json)
    {
        var response = request.Http.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (response.Headers.CacheControl.Count == 0)
        {
            response.Headers.CacheControl = "no-cache, private";
        }

        if (!HttpMethods.IsHead(request.Http.Request.Method))
        {
            await response.Body.WriteAsync(body, request.Aborted);
        }
    }

    public static Task WriteTextAsync(this ApiRequest request, string text, int status = 200)
    {
        request.Http.Response.Headers.XContentTypeOptions = "nosniff";
        return request.WriteAsync(Encoding.UTF8.GetBytes(text), status, "text/plain; charset=utf-8");
    }

    /// <summary>What is answered for a path nobody serves; it is no Status.</summary>
    public static Task WriteUnknownPathAsync(this ApiRequest request) => request.WriteTextAsync("404 page not found\n", 404);

    public static Task WriteAsync(this ApiRequest request, ApiException refusal)
    {
        if (refusal.RetryAfterSeconds is { } seconds)
        {
            request.Http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return request.WriteAsync(refusal.ToStatus(), refusal.Code);
    }
}
