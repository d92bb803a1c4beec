using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>Reads objects straight from the bytes of an answer.</summary>
internal static class ObjectReading
{
    // What the operator keeps of an object beside spec and status: finalizers, its own annotations, owners.
    private const int MaxMetadata = 16 * 1024;

    /// <summary>Secrets as metadata only, whether the server gave them whole or not.</summary>
    public static ObjectFormat<SecretMetadata> Secrets { get; } = new(
        "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", ReadSecretMetadata)
    {
        ListAccept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
    };

    /// <summary>Namespaces as metadata only, whether the server gave them whole or not.</summary>
    public static ObjectFormat<NamespaceMetadata> Namespaces { get; } = new(Secrets.Accept, ReadNamespace) { ListAccept = Secrets.ListAccept };

    /// <summary>Custom resources of that type; those of another kind are malformed.</summary>
    public static ObjectFormat<AddonResource> Addons(ApiResource type, TimeProvider time) =>
        new("application/json", json => ReadAddon(json, type, time.GetTimestamp())) { Smaller = resource => resource.Smaller() };

    private static AddonResource ReadAddon(ReadOnlySpan<byte> json, ApiResource type, long now)
    {
        var parts = ObjectParts.Read(json);
        if (parts.Kind.Length > 0 && parts.Kind != type.Kind)
        {
            throw parts.Malformed($"its kind is not {type.Kind}");
        }

        RequireBounded(parts);
        var metadata = parts.Metadata;
        return new AddonResource
        {
            ApiVersion = type.ApiVersion,
            Kind = type.Kind,
            Namespace = metadata.Namespace,
            Name = metadata.Name,
            Uid = metadata.Uid,
            ResourceVersion = metadata.ResourceVersion,
            Generation = metadata.Generation,
            CreationTimestamp = metadata.CreationTimestamp,
            DeletionTimestamp = metadata.DeletionTimestamp,
            Finalizers = metadata.Finalizers,
            Annotations = metadata.Annotations,
            Spec = Part(parts.Spec, "spec", parts),
            Status = Part(parts.Status, "status", parts),
            IsTooLarge = parts.Spec.Length > AddonResource.MaxPart || parts.Status.Length > AddonResource.MaxPart,
            ReadAt = now,
        };
    }

    private static SecretMetadata ReadSecretMetadata(ReadOnlySpan<byte> json)
    {
        var parts = ObjectParts.Read(json);
        if (parts.Kind is not ("" or "PartialObjectMetadata" or "Secret"))
        {
            throw parts.Malformed("its kind is neither PartialObjectMetadata nor Secret");
        }

        RequireBounded(parts);
        var metadata = parts.Metadata;
        return new SecretMetadata(
            metadata.Namespace, metadata.Name, metadata.Uid, metadata.ResourceVersion, metadata.OwnerUids, metadata.IsAppliedByOperator,
            metadata.Annotations.GetValueOrDefault(AddonCatalog.ChecksumAnnotation) is { Length: <= 64 } checksum ? checksum : null);
    }

    private static NamespaceMetadata ReadNamespace(ReadOnlySpan<byte> json)
    {
        var parts = ObjectParts.Read(json, isNamespaced: false);
        if (parts.Kind is not ("" or "PartialObjectMetadata" or "Namespace"))
        {
            throw parts.Malformed("its kind is neither PartialObjectMetadata nor Namespace");
        }

        var metadata = parts.Metadata;
        return new NamespaceMetadata(metadata.Name, metadata.Uid, metadata.ResourceVersion, metadata.DeletionTimestamp, metadata.Annotations);
    }

    private static void RequireBounded(in ObjectParts parts)
    {
        var metadata = parts.Metadata;
        if (KeptSize.OfObject("", "", metadata.Uid, metadata.ResourceVersion) + KeptSize.Of(metadata.Finalizers) + KeptSize.Of(metadata.Annotations)
            + KeptSize.Of(metadata.OwnerUids) > MaxMetadata)
        {
            throw parts.Malformed($"its names, finalizers, owners and annotations take more than {MaxMetadata / 1024} KiB: shorten its finalizers, owners and annotations of {AddonCatalog.Group}");
        }
    }

    private static JsonPart Part(ReadOnlySpan<byte> json, string name, in ObjectParts parts)
    {
        if (json.Length > AddonResource.MaxPart)
        {
            return default;
        }

        try
        {
            return JsonPart.Of(json);
        }
        catch (FormatException malformed)
        {
            throw parts.Malformed($"its {name} {malformed.Message}");
        }
    }
}
