using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Protobuf;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using YamlDotNet.Core;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>Reads the body of a request.</summary>
internal sealed class RequestBody(int maximum)
{
    private static readonly string[] ObjectTypes = ["application/json", "application/yaml", ProtobufBody.MediaType];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static string MediaTypeOf(ApiRequest request) => (request.Http.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>The bytes of the body; throws 413 when there are too many.</summary>
    public async Task<byte[]> ReadAsync(ApiRequest request)
    {
        ArrayBufferWriter<byte> buffer = new();
        while (true)
        {
            var read = await request.Http.Request.Body.ReadAsync(buffer.GetMemory(16 * 1024), request.Aborted);
            if (read == 0)
            {
                return buffer.WrittenSpan.ToArray();
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > maximum)
            {
                throw new ApiException(413, "RequestEntityTooLarge", $"Request entity too large: limit is {maximum}", []);
            }
        }
    }

    /// <summary>The object in the body, JSON or YAML; throws 415 for other types and 400 for what cannot be read.</summary>
    public async Task<JsonObject> ReadObjectAsync(ApiRequest request, string kind)
    {
        var type = MediaTypeOf(request);
        if (type.Length > 0 && !ObjectTypes.Contains(type))
        {
            throw ApiErrors.UnsupportedMediaType(ObjectTypes);
        }

        var value = Parse(await ReadAsync(request), type, $"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: ");
        return value as JsonObject ?? throw ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {kind}): it is no object");
    }

    /// <summary>Reads a body of this media type, JSON by default; throws 400 with this beginning, and 415 for protobuf that is not known here.</summary>
    public static JsonNode? Parse(byte[] body, string type, string complaint) => type == ProtobufBody.MediaType
        ? ProtobufBody.Parse(body) ?? throw ApiErrors.UnsupportedMediaType(ObjectTypes[..2])
        : Parse(body, type == "application/yaml", complaint);

    /// <summary>Reads JSON, or YAML, of which JSON is a part; throws 400 with this beginning.</summary>
    public static JsonNode? Parse(byte[] body, bool yaml, string complaint)
    {
        try
        {
            return yaml && body.AsSpan().TrimStart(" \t\r\n"u8) is not [(byte)'{', ..]
                ? YamlBody.Parse(Encoding.UTF8.GetString(body))
                : JsonNode.Parse(body, documentOptions: Strict);
        }
        catch (JsonException mistake)
        {
            throw ApiErrors.BadRequest(complaint + (body.Length == 0 || mistake.Message.Contains("end of", StringComparison.Ordinal) ? "unexpected end of JSON input" : mistake.Message));
        }
        catch (YamlException mistake)
        {
            throw ApiErrors.BadRequest(complaint + mistake.Message);
        }
    }
}
