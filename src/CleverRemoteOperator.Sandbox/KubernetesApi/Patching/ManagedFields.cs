using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>The record of who set which field.</summary>
internal static class ManagedFields
{
    /// <summary>
    /// Writes <c>after.metadata.managedFields</c> for a create, update or patch by the manager; a built-in kind needs no schema.
    /// Entries the request brings count as the live ones, except through a subresource; a single empty entry forgets them all.
    /// </summary>
    public static void RecordUpdate(
        JsonObject? before, JsonObject after, string manager, string apiVersion, string? subresource, DateTimeOffset now, StructuralSchema? schema = null)
    {
        var entries = LiveOrGiven(before, after, subresource);
        var changes = OwnedFields.Compare(before ?? [], after, FieldShape.Of(after, schema));
        var taken = changes.Added.Union(changes.Modified);
        var result = Without(entries, taken.Union(changes.Removed));
        if (!taken.IsEmpty)
        {
            ManagerEntry own = new(manager, ManagerEntry.Update, apiVersion, subresource, Time(now), taken);
            var previous = result.Find(own.IsSameManager);
            result.RemoveAll(own.IsSameManager);
            result.Add(previous is null ? own : own with { Fields = taken.Union(previous.Fields) });
        }

        Write(after, result);
    }

    public static List<ManagerEntry> Read(JsonObject? resource) =>
        [.. (resource?["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>().Select(ManagerEntry.Read)];

    /// <summary>Sets the entries in the API's order: who applies first, then by time and name; none for no entries.</summary>
    public static void Write(JsonObject resource, IEnumerable<ManagerEntry> entries)
    {
        ManagerEntry[] sorted =
        [
            .. entries.OrderBy(entry => entry.Operation, StringComparer.Ordinal)
                .ThenBy(entry => entry.Time ?? "", StringComparer.Ordinal)
                .ThenBy(entry => entry.Manager, StringComparer.Ordinal)
                .ThenBy(entry => entry.ApiVersion, StringComparer.Ordinal)
                .ThenBy(entry => entry.Subresource ?? "", StringComparer.Ordinal),
        ];
        if (resource["metadata"] is not JsonObject metadata)
        {
            metadata = [];
            resource["metadata"] = metadata;
        }

        metadata.Remove("managedFields");
        if (sorted.Length > 0)
        {
            metadata["managedFields"] = new JsonArray([.. sorted.Select(entry => entry.Write())]);
        }
    }

    /// <summary>The entries without these fields; those left without any are dropped.</summary>
    public static List<ManagerEntry> Without(IEnumerable<ManagerEntry> entries, FieldSet fields) =>
        [.. entries.Select(entry => entry with { Fields = entry.Fields.Difference(fields) }).Where(entry => !entry.Fields.IsEmpty)];

    public static string Time(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static List<ManagerEntry> LiveOrGiven(JsonObject? before, JsonObject after, string? subresource)
    {
        if (string.IsNullOrEmpty(subresource) && after["metadata"]?["managedFields"] is JsonArray { Count: > 0 } given)
        {
            return given is [JsonObject { Count: 0 }] ? [] : Read(after);
        }

        return Read(before);
    }
}
