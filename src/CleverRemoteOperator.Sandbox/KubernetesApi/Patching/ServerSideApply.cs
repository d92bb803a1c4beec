using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>Server-side apply.</summary>
internal static class ServerSideApply
{
    private static readonly string[] Identity = ["apiVersion", "kind", "metadata"];

    /// <summary>Returns the merged object with its managedFields; throws <see cref="ApplyConflictException"/> on conflicts unless forced.</summary>
    public static JsonObject Apply(JsonObject? live, JsonObject applied, ApplyRequest request)
    {
        if (applied["metadata"]?["managedFields"] is JsonArray { Count: > 0 })
        {
            throw PatchException.BadRequest("metadata.managedFields must be nil");
        }

        var before = live ?? [];
        var configuration = Own(applied, request);
        var shape = FieldShape.Of(configuration, request.Schema);
        ManagerEntry own = new(request.Manager, ManagerEntry.Apply, request.ApiVersion, request.Subresource, null, OwnedFields.Of(configuration, shape));
        var others = ManagedFields.Read(live);
        var previous = others.Find(own.IsSameManager);
        others.RemoveAll(own.IsSameManager);

        var merged = TypedMerge.Merge(before, configuration, shape)!.AsObject();
        if (previous is not null)
        {
            var stillOwned = others.Aggregate(own.Fields, (set, entry) => set.Union(entry.Fields));
            OwnedFields.Remove(merged, shape, OwnedFields.Own(previous.Fields.WithParents().Difference(stillOwned.WithParents())));
        }

        var changes = OwnedFields.Compare(before, merged, shape);
        var taken = changes.Added.Union(changes.Modified);
        var allowed = LastApplied.Unchanged(before, request.Manager, request.Schema);
        ApplyConflict[] conflicts =
        [
            .. others.SelectMany(entry => entry.Fields.Intersection(taken).Difference(allowed).Paths()
                .Select(path => new ApplyConflict(entry.Manager, entry.ApiVersion, path, entry.Describe()))),
        ];
        if (conflicts.Length > 0 && !request.Force)
        {
            throw new ApplyConflictException(conflicts);
        }

        var time = Same(live, merged) ? previous?.Time : ManagedFields.Time(request.Now);
        ManagedFields.Write(merged, ManagedFields.Without([own with { Time = time }, .. others], changes.Removed).Select(entry =>
            entry.IsSameManager(own) ? entry : entry with { Fields = entry.Fields.Difference(taken) }).Where(entry => !entry.Fields.IsEmpty));
        LastApplied.Renew(merged, configuration, request.Manager);
        return merged;
    }

    /// <summary>What of the configuration this endpoint may set: the status endpoint only status, the other one all but it.</summary>
    private static JsonObject Own(JsonObject applied, ApplyRequest request)
    {
        var configuration = applied.DeepClone().AsObject();
        if (!string.IsNullOrEmpty(request.Subresource))
        {
            foreach (var name in configuration.Select(pair => pair.Key).Except([.. Identity, request.Subresource]).ToArray())
            {
                configuration.Remove(name);
            }

            configuration["metadata"] = new JsonObject();
        }
        else if (request.HasStatusSubresource)
        {
            configuration.Remove("status");
        }

        (configuration["metadata"] as JsonObject)?.Remove("managedFields");
        return configuration;
    }

    private static bool Same(JsonObject? live, JsonObject merged)
    {
        if (live is null)
        {
            return false;
        }

        var bare = live.DeepClone().AsObject();
        (bare["metadata"] as JsonObject)?.Remove("managedFields");
        var other = merged.DeepClone().AsObject();
        (other["metadata"] as JsonObject)?.Remove("managedFields");
        return JsonNode.DeepEquals(bare, other);
    }
}
