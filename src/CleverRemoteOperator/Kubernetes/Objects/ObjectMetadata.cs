using System.Collections.ObjectModel;
using System.Text.Json;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>The metadata the operator uses, filled while it is read so that a failure still knows whose it is.</summary>
internal sealed class ObjectMetadata
{
    /// <summary>The annotation of the bookmark that ends the initial events of a watch.</summary>
    public const string InitialEventsEnd = "k8s.io/initial-events-end";

    public string Namespace { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Uid { get; private set; } = "";

    public string ResourceVersion { get; private set; } = "";

    public long Generation { get; private set; }

    public DateTimeOffset CreationTimestamp { get; private set; }

    public DateTimeOffset? DeletionTimestamp { get; private set; }

    public IReadOnlyList<string> Finalizers { get; private set; } = [];

    /// <summary>Those of our own API group, and what ends the initial events of a watch; others may be large, and say nothing to us.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; private set; } = ReadOnlyDictionary<string, string>.Empty;

    public IReadOnlyList<string> OwnerUids { get; private set; } = [];

    /// <summary>Whether the operator applied fields of the object that nobody took over since. All else of managedFields is skipped.</summary>
    public bool IsAppliedByOperator { get; private set; }

    /// <summary>Reads the object the reader stands on.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        JsonReading.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonReading.NextProperty(ref reader, out var property))
        {
            switch (property)
            {
                case "namespace": Namespace = JsonReading.Text(ref reader); break;
                case "name": Name = JsonReading.Text(ref reader); break;
                case "uid": Uid = JsonReading.Text(ref reader); break;
                case "resourceVersion": ResourceVersion = JsonReading.Text(ref reader); break;
                case "generation": Generation = reader.TokenType == JsonTokenType.Null ? 0 : reader.GetInt64(); break;
                case "creationTimestamp": CreationTimestamp = reader.TokenType == JsonTokenType.Null ? default : reader.GetDateTimeOffset(); break;
                case "deletionTimestamp": DeletionTimestamp = reader.TokenType == JsonTokenType.Null ? null : reader.GetDateTimeOffset(); break;
                case "finalizers": Finalizers = JsonReading.Texts(ref reader); break;
                case "annotations": Annotations = JsonReading.Map(ref reader, IsRead); break;
                case "ownerReferences": OwnerUids = ReadOwners(ref reader); break;
                case "managedFields": IsAppliedByOperator = ReadManagers(ref reader); break;
                default: reader.Skip(); break;
            }
        }
    }

    /// <summary>Whether all is there that names an object and its revision.</summary>
    /// <returns>What is missing or not allowed; null when all is well.</returns>
    public string? Problem(bool isNamespaced = true) => this switch
    {
        { Name: "" } => "metadata.name is missing",
        _ when !KubernetesNames.IsSubdomain(Name) => "metadata.name is not a Kubernetes name",
        _ when isNamespaced && !KubernetesNames.IsLabel(Namespace) => "metadata.namespace is missing or not a Kubernetes name",
        { Uid: "" } => "metadata.uid is missing",
        _ when !KubernetesNames.IsUid(Uid) => "metadata.uid is not a UUID",
        { ResourceVersion: "" } => "metadata.resourceVersion is missing",
        _ => null,
    };

    private static bool IsRead(string annotation) =>
        annotation.StartsWith(AddonCatalog.Group + "/", StringComparison.Ordinal) || annotation == InitialEventsEnd;

    private static List<string> ReadOwners(ref Utf8JsonReader reader)
    {
        var uids = new List<string>();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return uids;
        }

        JsonReading.Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            JsonReading.Expect(ref reader, JsonTokenType.StartObject);
            while (JsonReading.NextProperty(ref reader, out var property))
            {
                if (property == "uid")
                {
                    uids.Add(JsonReading.Text(ref reader));
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return uids;
    }

    // Every object has these, and nothing of them is kept: names and values are compared where they stand.
    private static bool ReadManagers(ref Utf8JsonReader reader)
    {
        var isApplied = false;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return isApplied;
        }

        JsonReading.Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            JsonReading.Expect(ref reader, JsonTokenType.StartObject);
            var (isOurs, isApply) = (false, false);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var (isManager, isOperation) = (reader.ValueTextEquals("manager"u8), reader.ValueTextEquals("operation"u8));
                reader.Read();
                isOurs |= isManager && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(Cluster.FieldManager);
                isApply |= isOperation && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Apply"u8);
                reader.Skip();
            }

            isApplied |= isOurs && isApply;
        }

        return isApplied;
    }
}
