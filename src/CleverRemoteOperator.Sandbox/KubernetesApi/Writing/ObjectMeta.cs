using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>What the API itself writes and checks in an object's metadata.</summary>
internal static class ObjectMeta
{
    private const string SuffixAlphabet = "bcdfghjklmnpqrstvwxz2456789";
    private static readonly string[] ServerSet = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion", "generation", "selfLink", "managedFields"];
    private static readonly string[] KeptOnUpdate = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generateName", "generation"];

    /// <summary>Gives a new object its identity.</summary>
    public static void Create(JsonObject value, ResourceType type, string ns, DateTimeOffset now)
    {
        var metadata = value.Ensure("metadata");
        if (metadata.Text("resourceVersion") is { Length: > 0 })
        {
            throw new ApiException(500, "InternalError", "resourceVersion should not be set on objects to be created");
        }

        foreach (var name in ServerSet)
        {
            metadata.Remove(name);
        }

        CheckNamespace(metadata, type, ns);
        if (metadata.Text("name") is null or "" && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = prefix[..Math.Min(prefix.Length, 58)] + RandomNumberGenerator.GetString(SuffixAlphabet, 5);
        }

        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = DefinitionStatus.Timestamp(now);
    }

    /// <summary>Carries over what a client may not change; throws 409 when it means another state of the object.</summary>
    /// <param name="subresource">The part that is written; of custom resources a server passes over metadata in a write of <c>status</c>, the uid included.</param>
    public static void Update(JsonObject next, JsonObject old, ResourceType type, StoredObject current, string? subresource = null)
    {
        var metadata = next.Ensure("metadata");
        CheckNamespace(metadata, type, current.Namespace);
        var version = current.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        if (metadata.Text("resourceVersion") is { Length: > 0 } meant && meant != version)
        {
            throw ApiErrors.Modified(type, current.Name);
        }

        metadata["resourceVersion"] = version;
        var looksAtUid = !(type.Custom && subresource == "status");
        if (looksAtUid && metadata.Text("uid") is { Length: > 0 } uid && uid != current.Uid)
        {
            throw ApiErrors.Invalid(type, current.Name, [FieldError.Invalid("metadata.uid", JsonWords.Quote(uid), "field is immutable")]);
        }

        if (metadata.Text("deletionTimestamp") is { Length: > 0 } deletion && deletion != old.Text("metadata", "deletionTimestamp"))
        {
            throw ApiErrors.Invalid(type, current.Name, [FieldError.Invalid("metadata.deletionTimestamp", JsonWords.Quote(deletion), "field is immutable")]);
        }

        foreach (var name in KeptOnUpdate)
        {
            if (old.At("metadata", name) is { } kept)
            {
                metadata[name] = kept.DeepClone();
            }
            else
            {
                metadata.Remove(name);
            }
        }
    }

    /// <summary>All mistakes in the metadata.</summary>
    public static IEnumerable<FieldError> Validate(JsonObject value, JsonObject? old, ResourceType type)
    {
        var metadata = value.Ensure("metadata");
        var name = metadata.Text("name") ?? "";
        if (name.Length == 0)
        {
            yield return FieldError.Required("metadata.name", "name or generateName is required");
        }
        else if (old is null && type.Rules.CheckName(name) is { } wrong)
        {
            yield return wrong;
        }

        foreach ((var key, var text) in metadata.Map("labels") ?? [])
        {
            var mistake = Names.CheckLabelKey("metadata.labels", key) ?? Names.CheckLabelValue("metadata.labels", text?.GetValue<string>() ?? "");
            if (mistake is not null)
            {
                yield return mistake;
            }
        }

        foreach (var mistake in (metadata.Map("annotations") ?? []).Select(pair => Names.CheckLabelKey("metadata.annotations", pair.Key.ToLowerInvariant())))
        {
            if (mistake is not null)
            {
                yield return mistake;
            }
        }

        foreach (var mistake in ValidateFinalizers(metadata, old))
        {
            yield return mistake;
        }

        foreach (var owner in metadata.Maps("ownerReferences"))
        {
            foreach (var field in (string[])["apiVersion", "kind", "name", "uid"])
            {
                if (owner.Text(field) is null or "")
                {
                    yield return FieldError.Invalid($"metadata.ownerReferences.{field}", "\"\"", field == "apiVersion" ? "version must not be empty" : "must not be empty");
                }
            }
        }
    }

    private static IEnumerable<FieldError> ValidateFinalizers(JsonObject metadata, JsonObject? old)
    {
        string[] added = [.. metadata.Texts("finalizers").Except(old?.Texts("metadata", "finalizers") ?? [], StringComparer.Ordinal)];
        if (added.Length > 0 && old?.Text("metadata", "deletionTimestamp") is not null)
        {
            yield return FieldError.Forbidden("metadata.finalizers", $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(JsonWords.Quote))}}}");
        }

        foreach (var finalizer in added)
        {
            if (Names.CheckLabelKey("metadata.finalizers", finalizer) is { } mistake)
            {
                yield return mistake;
            }
        }
    }

    private static void CheckNamespace(JsonObject metadata, ResourceType type, string ns)
    {
        if (!type.Namespaced)
        {
            metadata.Remove("namespace");
            return;
        }

        if (metadata.Text("namespace") is { Length: > 0 } given && given != ns)
        {
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata["namespace"] = ns;
    }
}
