using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>The story of every patch, server-side apply among them.</summary>
internal sealed class ObjectPatcher(ObjectStore store, ObjectWriter writer, TimeProvider time)
{
    /// <summary>Patches what the request names; 201 when an apply created it.</summary>
    public (JsonObject Result, int Status) Patch(ApiRequest request, ResourceType type, PatchBody patch, WriteOptions options, RequestWarnings warnings)
    {
        var subresource = request.Subresource.Length == 0 ? null : request.Subresource;
        var ns = type.Namespaced ? request.Namespace : "";
        if (!patch.IsApply)
        {
            return (writer.Update(type, ns, request.Name, subresource, options, old => new(Patched(request, type, patch, old, options, warnings))), 200);
        }

        var applied = Applied(request, type, patch, ns);
        ApplyRequest apply = new(options.Manager, request.IsSet("force"), type.ApiVersion, subresource, time.GetUtcNow(), type.Rules.Schema);
        if (store.Find(type.Storage, ns, request.Name) is null && subresource is null)
        {
            if (applied.Text("metadata", "uid") is { Length: > 0 } uid)
            {
                throw ApiErrors.Conflict(type, request.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
            }

            var made = ServerSideApply.Apply(null, applied, apply);
            made.Ensure("metadata").Remove("resourceVersion");
            return (writer.Create(type, ns, Decoded(type, made, options, warnings), options, applied: true), 201);
        }

        return (writer.Update(type, ns, request.Name, subresource, options, old => new(Decoded(type, ServerSideApply.Apply(old, applied, apply), options, warnings), Applied: true)), 200);
    }

    private static JsonObject Patched(ApiRequest request, ResourceType type, PatchBody patch, JsonObject old, WriteOptions options, RequestWarnings warnings)
    {
        var next = patch.Apply(old.Copy());
        if (type.Custom && next.Text("apiVersion") is { } version && version != type.ApiVersion)
        {
            throw ApiErrors.Invalid(type, request.Name, [FieldError.Invalid("apiVersion", JsonWords.Quote(version), $"must be {type.ApiVersion}")]);
        }

        try
        {
            Decoding.Decode(type, next, options.Validation, warnings);
        }
        catch (UndecodableException mistake)
        {
            throw patch.IsStrategic
                ? ApiErrors.InvalidPatch(GoText.Print(patch.Content), mistake.Conversion)
                : ApiErrors.InvalidPatch(JsonWords.Text(patch.Apply(JsonWords.Sorted(old)!.AsObject())), mistake.Why);
        }

        var name = next.Text("metadata", "name");
        return name == request.Name ? next : throw ApiErrors.BadRequest(name is null
            ? $"the name of the object ({request.Name} based on URL) was undeterminable: name must be provided"
            : $"the name of the object ({name}) does not match the name on the URL ({request.Name})");
    }

    private static JsonObject Decoded(ResourceType type, JsonObject value, WriteOptions options, RequestWarnings warnings)
    {
        try
        {
            Decoding.Decode(type, value, options.Validation, warnings);
            return value;
        }
        catch (UndecodableException mistake)
        {
            throw new PatchException(500, "", $"failed to convert new object ({TypedCheck.Named(value)}) to proper version: unable to convert unstructured object to {TypedCheck.KindOf(value)}: {mistake.Conversion}");
        }
    }

    private static JsonObject Applied(ApiRequest request, ResourceType type, PatchBody patch, string ns)
    {
        if (string.IsNullOrEmpty(request.Query("fieldManager")))
        {
            throw ApiErrors.InvalidOption("PatchOptions", FieldError.Required("fieldManager", "is required for apply patch"));
        }

        var applied = patch.Content.DeepClone().AsObject();
        if (applied.At("metadata", "managedFields") is JsonArray { Count: > 0 })
        {
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        }

        if (applied.Text("apiVersion") is null or "" || applied.Text("kind") is null or "")
        {
            throw ApiErrors.BadRequest("invalid object type: /, Kind=");
        }

        TypedCheck.Check(applied, type.Rules.Schema);
        var metadata = applied.Ensure("metadata");
        if (metadata.Text("name") is { Length: > 0 } name && name != request.Name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Name})");
        }

        metadata["name"] = request.Name;
        if (type.Namespaced)
        {
            metadata["namespace"] = metadata.Text("namespace") is { Length: > 0 } given ? given : ns;
        }

        return applied;
    }
}
