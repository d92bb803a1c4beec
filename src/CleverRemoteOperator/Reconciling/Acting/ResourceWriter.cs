using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>
/// Everything the operator writes on a resource: finalizer and mark, status. Never its spec. Each write names the uid it is meant for,
/// so that the server itself refuses it for a successor of the same name.
/// </summary>
internal sealed partial class ResourceWriter(
    ICluster cluster, OwnWrites ownWrites, ClusterMemory memory, EventWriter events, TimeProvider time,
    ILogger<ResourceWriter> logger)
{
    /// <summary>
    /// Writes finalizer and mark in one patch that fails when anybody changed the resource meanwhile: so two passes, two processes
    /// or a stale view can never both go on to create.
    /// </summary>
    public Task<AddonResource> MarkAsync(Observation seen, CreationMark mark, CancellationToken token) => PatchAsync(
        seen,
        new JsonObject
        {
            ["finalizers"] = Finalizers(seen.Resource.Finalizers.Append(seen.Kind.Finalizer).Distinct()),
            ["annotations"] = new JsonObject { [CreationMark.Annotation] = mark.ToString() },
        },
        token);

    /// <summary>Puts our finalizer on a resource whose add-on exists, and takes off the mark of the resource it was copied from.</summary>
    public Task<AddonResource> AddFinalizerAsync(Observation seen, CancellationToken token)
    {
        var metadata = new JsonObject { ["finalizers"] = Finalizers(seen.Resource.Finalizers.Append(seen.Kind.Finalizer).Distinct()) };
        if (seen.Recorded.Mark is not null && seen.OwnMark is null)
        {
            metadata["annotations"] = new JsonObject { [CreationMark.Annotation] = null };
        }

        return PatchAsync(seen, metadata, token);
    }

    /// <summary>Drops our finalizer, and no other.</summary>
    public async Task RemoveFinalizerAsync(Observation seen, CancellationToken token)
    {
        try
        {
            await PatchAsync(seen, new JsonObject { ["finalizers"] = Finalizers(seen.Resource.Finalizers.Where(name => name != seen.Kind.Finalizer)) }, token);
        }
        catch (KubernetesApiException failure) when (failure.IsNotFound)
        {
            // Gone already, which is what dropping the finalizer was for.
        }
    }

    /// <summary>Writes the status when it differs from the server's, and tells a change of Ready as an Event. Gives the resource as it is then.</summary>
    public async Task<AddonResource> WriteStatusAsync(Observation seen, StatusDraft draft, CancellationToken token)
    {
        var (before, after, message) = draft.ReadyReason();
        var resource = seen.Resource;
        if (draft.MergePatch(withConditions: !memory.DroppedConditions.AreDropped(seen.Key.Type)) is { } patch)
        {
            try
            {
                resource = await PatchStatusAsync(seen, patch, token);
            }
            catch (KubernetesApiException failure) when (failure.IsRefused && !failure.IsConflict)
            {
                await TellRefusalAsync(seen, failure, token);
                throw;
            }

            memory.StatusRefusals.Accepted(seen.Key.Type);
            ownWrites.Remember(resource, isAllOurs: IsSameBesideStatus(seen.Resource, resource));
            if (patch["status"]!["conditions"] is not null)
            {
                memory.DroppedConditions.Learn(seen.Key.Type, resource.Status.ToObject()?["conditions"] is null);
            }
        }

        var told = memory.Resources.Of(resource.Uid).Told;
        before ??= told;
        if (after is not null && (after != before || told == Reason.StatusRefused))
        {
            memory.Resources.Update(resource.Uid, known => known with { Told = after });
            if (after == Reason.Available)
            {
                // What is not Ready is told by who tries it again.
                LogReady(seen.Key, after, message ?? "");
            }

            await events.WriteAsync(seen, after is Reason.Available or Reason.Migrating ? "Normal" : "Warning", after, message ?? "", token);
        }

        return resource;
    }

    // An Event is all that is left to tell by: one, until a status was written again.
    private async Task TellRefusalAsync(Observation seen, KubernetesApiException failure, CancellationToken token)
    {
        memory.StatusRefusals.Refused(seen.Key.Type, failure.Message);
        if (memory.Resources.Of(seen.Resource.Uid).Told != Reason.StatusRefused)
        {
            memory.Resources.Update(seen.Resource.Uid, known => known with { Told = Reason.StatusRefused });
            await events.WriteAsync(seen, "Warning", Reason.StatusRefused, $"the status cannot be written, so it tells nothing of the add-on: {failure.Message}", token);
        }
    }

    /// <summary>A draft of the resource's status.</summary>
    public StatusDraft Draft(Observation seen) => new(seen.Resource, time);

    private static bool IsSameBesideStatus(AddonResource one, AddonResource other) =>
        one.Generation == other.Generation && one.DeletionTimestamp == other.DeletionTimestamp
        && one.Finalizers.SequenceEqual(other.Finalizers)
        && one.Annotations.Count == other.Annotations.Count && !one.Annotations.Except(other.Annotations).Any();

    // A server looks at the uid in a patch of the object, and passes over it in one of its status: there only the revision keeps the
    // patch from a successor of the same name. Somebody else's change of the same object is no reason to lose what we found out.
    private async Task<AddonResource> PatchStatusAsync(Observation seen, JsonObject patch, CancellationToken token)
    {
        var (type, @namespace, name) = (seen.Key.Type, seen.Key.Namespace, seen.Key.Name);
        patch["metadata"] = new JsonObject { ["uid"] = seen.Resource.Uid, ["resourceVersion"] = seen.Resource.ResourceVersion };
        try
        {
            return await cluster.PatchStatusAsync(type, @namespace, name, patch, token);
        }
        catch (KubernetesApiException failure) when (failure.IsConflict)
        {
            if (await cluster.GetAsync(type, @namespace, name, token) is not { } live || live.Uid != seen.Resource.Uid)
            {
                throw;
            }

            patch["metadata"]!["resourceVersion"] = live.ResourceVersion;
            return await cluster.PatchStatusAsync(type, @namespace, name, patch, token);
        }
    }

    private async Task<AddonResource> PatchAsync(Observation seen, JsonObject metadata, CancellationToken token)
    {
        metadata["uid"] = seen.Resource.Uid;
        metadata["resourceVersion"] = seen.Resource.ResourceVersion;
        var written = await cluster.PatchAsync(
            seen.Key.Type, seen.Key.Namespace, seen.Key.Name, new JsonObject { ["metadata"] = metadata }, token);

        // Guarded by the resourceVersion: nobody else's change can be in it.
        ownWrites.Remember(written, isAllOurs: true);
        return written;
    }

    private static JsonArray Finalizers(IEnumerable<string> names) => [.. names.Select(JsonNode (name) => JsonValue.Create(name))];

    [LoggerMessage(EventId = 621, Level = LogLevel.Information, Message = "{Resource}: {Reason}: {Told}")]
    private partial void LogReady(ReconcileKey resource, string reason, string told);
}
