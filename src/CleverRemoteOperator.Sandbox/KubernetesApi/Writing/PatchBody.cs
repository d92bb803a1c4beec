using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>A patch as it was sent, of one of the four types.</summary>
internal sealed record PatchBody(JsonNode Content, string MediaType)
{
    private const string ApplyYaml = "application/apply-patch+yaml";
    private const string JsonPatchType = "application/json-patch+json";
    private const string StrategicType = "application/strategic-merge-patch+json";
    private static readonly string[] Custom = [JsonPatchType, "application/merge-patch+json", ApplyYaml];
    private static readonly string[] BuiltIn = [JsonPatchType, "application/merge-patch+json", StrategicType, ApplyYaml];

    public bool IsApply => MediaType == ApplyYaml;

    public bool IsStrategic => MediaType == StrategicType;

    /// <summary>Reads the patch; throws 415 for types the resource does not take and 400 for what cannot be read.</summary>
    public static async Task<PatchBody> ReadAsync(ApiRequest request, RequestBody bodies, ResourceType type)
    {
        var mediaType = RequestBody.MediaTypeOf(request);
        var accepted = type.Rules.AllowsStrategicMerge ? BuiltIn : Custom;
        if (!BuiltIn.Contains(mediaType))
        {
            throw new ApiException(415, "UnsupportedMediaType", "415: Unsupported Media Type", []);
        }

        if (!accepted.Contains(mediaType))
        {
            throw ApiErrors.UnsupportedMediaType(accepted);
        }

        var apply = mediaType == ApplyYaml;
        var content = RequestBody.Parse(await bodies.ReadAsync(request), apply, apply ? "error decoding YAML: " : "error decoding patch: ");
        var fits = mediaType == JsonPatchType ? content is JsonArray : content is JsonObject;
        return fits ? new(content!, mediaType) : throw ApiErrors.BadRequest(
            $"error decoding patch: json: cannot unmarshal {JsonWords.GoKind(content)} into Go value of type {(mediaType == JsonPatchType ? "[]handlers.jsonPatchOp" : "map[string]interface {}")}");
    }

    /// <summary>The object after a patch that is no apply.</summary>
    public JsonObject Apply(JsonObject target) => MediaType switch
    {
        JsonPatchType => JsonPatch.Apply(target, Content.DeepClone().AsArray()),
        StrategicType => StrategicMergePatch.Apply(target, Content.DeepClone().AsObject()),
        _ => MergePatch.Apply(target, Content.DeepClone().AsObject()),
    };
}
