using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Reading;

/// <summary>Where the next page of a list starts: behind this key, in the state of that revision (-1 for the newest).</summary>
internal sealed record ContinueToken(long Revision, string After)
{
    public static ContinueToken Parse(string text)
    {
        try
        {
            var token = JsonNode.Parse(Base64Url.DecodeFromChars(text.TrimEnd('=')))!.AsObject();
            return new(token.Number("rv") ?? 0, (token.Text("start") ?? "").TrimEnd('\0'));
        }
        catch (Exception mistake) when (mistake is JsonException or FormatException or InvalidOperationException or NullReferenceException)
        {
            throw ApiErrors.BadRequest($"invalid continue token: continue key is not valid: {mistake.Message}");
        }
    }

    public override string ToString() => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = Revision, ["start"] = After + "\0" }.ToJsonString()));
}
