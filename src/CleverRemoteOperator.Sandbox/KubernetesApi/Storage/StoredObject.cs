using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>One state of one object: never changes, so it can be read and sent without locks or copies.</summary>
internal sealed class StoredObject
{
    private const string BodyStart = "{\"metadata\":";
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private StoredObject(string storage, JsonObject metadata, ReadOnlyMemory<byte> body, int metadataLength, IReadOnlyDictionary<string, string> fields)
    {
        Storage = storage;
        Body = body;
        Metadata = body.Slice(BodyStart.Length, metadataLength);
        Fields = fields;
        Name = metadata.Text("name") ?? "";
        Namespace = metadata.Text("namespace") ?? "";
        Uid = metadata.Text("uid") ?? "";
        ResourceVersion = long.Parse(metadata.Text("resourceVersion")!, System.Globalization.CultureInfo.InvariantCulture);
        Deleting = metadata.Text("deletionTimestamp") is not null;
        Finalizers = metadata.Texts("finalizers");
        Labels = (metadata.Map("labels") ?? []).ToDictionary(pair => pair.Key, pair => pair.Value?.GetValue<string>() ?? "", StringComparer.Ordinal);
        Owners = [.. metadata.Maps("ownerReferences").Select(owner => new OwnerReference(
            owner.Text("apiVersion") ?? "", owner.Text("kind") ?? "", owner.Text("name") ?? "", owner.Text("uid") ?? "", owner.Flag("blockOwnerDeletion")))];
    }

    /// <summary>Where it is kept: the qualified plural, the same for all API versions.</summary>
    public string Storage { get; }

    public string Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    public long ResourceVersion { get; }

    public bool Deleting { get; }

    public IReadOnlyList<string> Finalizers { get; }

    public IReadOnlyList<OwnerReference> Owners { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>What field selectors can ask beside name and namespace.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; }

    /// <summary>The object as UTF-8 JSON that starts with its metadata; kind and apiVersion are left to the version it is read in.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The metadata's part of <see cref="Body"/>.</summary>
    public ReadOnlyMemory<byte> Metadata { get; }

    /// <summary>Takes a picture of the object; what happens to <paramref name="source"/> later does not matter.</summary>
    public static StoredObject From(string storage, JsonObject source, long resourceVersion, IReadOnlyDictionary<string, string> fields)
    {
        var metadata = source.Ensure("metadata");
        metadata["resourceVersion"] = resourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using MemoryStream stream = new();
        int metadataEnd;
        using (Utf8JsonWriter writer = new(stream, Plain))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("metadata");
            metadata.WriteTo(writer);
            writer.Flush();
            metadataEnd = (int)stream.Length;
            foreach ((var name, var value) in source)
            {
                if (name is "metadata" or "kind" or "apiVersion")
                {
                    continue;
                }

                writer.WritePropertyName(name);
                if (value is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return new(storage, metadata, stream.ToArray(), metadataEnd - BodyStart.Length, fields);
    }

    /// <summary>The same state under a later revision, as a watch is told of what it no longer selects.</summary>
    public StoredObject At(long resourceVersion) => From(Storage, JsonNode.Parse(Body.Span)!.AsObject(), resourceVersion, Fields);

    /// <summary>A fresh copy to read or change, in the form of that version.</summary>
    public JsonObject Read(ResourceType type)
    {
        JsonObject copy = new() { ["apiVersion"] = type.ApiVersion, ["kind"] = type.Kind };
        foreach ((var name, var value) in JsonNode.Parse(Body.Span)!.AsObject().ToArray())
        {
            value?.Parent?.AsObject().Remove(name);
            copy[name] = value;
        }

        type.Rules.FromStorage?.Invoke(copy);
        return copy;
    }
}
