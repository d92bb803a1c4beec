using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Reconciling;

/// <summary>Everything the operator writes on a resource: finalizer and mark, status, Events. Never its spec.</summary>
internal sealed partial class ResourceWriter(
    ICluster cluster, OwnWrites ownWrites, OperatorMetrics metrics, TimeProvider time, ILogger<ResourceWriter> logger)
{
    // Where a CRD drops conditions, transitions are told by Events: the last reason told is all there is to compare with.
    private readonly ConcurrentDictionary<string, string> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ApiResource, DateTimeOffset> _droppedConditions = new();

    // The CRD may be replaced by one that keeps them: from time to time they are offered again.
    private static readonly TimeSpan OfferAgain = TimeSpan.FromMinutes(10);

    /// <summary>True for a while after the server was seen to drop conditions of this type, as the reference operator's CRDs make it.</summary>
    public bool DropsConditions(ApiResource type) =>
        _droppedConditions.TryGetValue(type, out var seen) && time.GetUtcNow() - seen < OfferAgain;

    /// <summary>
    /// Writes finalizer and mark in one patch that fails when anybody changed the resource meanwhile: so two passes, two processes
    /// or a stale view can never both go on to create.
    /// </summary>
    public Task MarkAsync(AddonPass pass, CreationMark mark, CancellationToken token) => PatchAsync(
        pass,
        new JsonObject
        {
            ["resourceVersion"] = pass.Resource.ResourceVersion,
            ["finalizers"] = Finalizers(pass.Resource.Finalizers.Append(pass.Kind.Finalizer).Distinct()),
            ["annotations"] = new JsonObject { [CreationMark.Annotation] = mark.ToString() },
        },
        token);

    /// <summary>Puts our finalizer back on a resource whose add-on exists.</summary>
    public Task AddFinalizerAsync(AddonPass pass, CancellationToken token) => PatchAsync(
        pass,
        new JsonObject
        {
            ["resourceVersion"] = pass.Resource.ResourceVersion,
            ["finalizers"] = Finalizers(pass.Resource.Finalizers.Append(pass.Kind.Finalizer)),
        },
        token);

    /// <summary>Drops our finalizer, and no other.</summary>
    public async Task RemoveFinalizerAsync(AddonPass pass, CancellationToken token)
    {
        try
        {
            await PatchAsync(
                pass,
                new JsonObject
                {
                    ["resourceVersion"] = pass.Resource.ResourceVersion,
                    ["finalizers"] = Finalizers(pass.Resource.Finalizers.Where(name => name != pass.Kind.Finalizer)),
                },
                token);
        }
        catch (KubernetesApiException failure) when (failure.IsNotFound)
        {
            // Gone already, which is what dropping the finalizer was for.
        }
    }

    /// <summary>Writes the status when it differs from the server's, and tells a change of Ready as an Event.</summary>
    public async Task WriteStatusAsync(AddonPass pass, CancellationToken token)
    {
        var (before, after, message) = pass.Status.ReadyReason();
        if (pass.Status.MergePatch(withConditions: !DropsConditions(pass.Key.Type)) is { } patch)
        {
            var basis = pass.Resource;
            pass.Resource = await cluster.PatchStatusAsync(pass.Key.Type, pass.Key.Namespace, pass.Key.Name, patch, token);
            ownWrites.Remember(pass.Resource, isAllOurs: IsSameBesideStatus(basis, pass.Resource));
            if (patch["status"]!["conditions"] is not null)
            {
                Learn(pass.Key.Type, pass.Resource.Status.ToObject()?["conditions"] is null);
            }
        }

        before ??= _told.GetValueOrDefault(pass.Resource.Uid);
        if (after is not null && after != before)
        {
            _told[pass.Resource.Uid] = after;
            if (after is Reason.Available or Reason.SpecDiffers)
            {
                // What is not Ready is told by who tries it again.
                LogReady(after == Reason.Available ? LogLevel.Information : LogLevel.Warning, pass.Key, after, message ?? "");
            }

            await EventAsync(pass, after == Reason.Available ? "Normal" : "Warning", after, message ?? "", token);
        }
    }

    /// <summary>Writes an Event about the resource; a failure is logged and ends there.</summary>
    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    public async Task EventAsync(AddonPass pass, string type, string reason, string message, CancellationToken token)
    {
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var resource = pass.Resource;
        try
        {
            await cluster.CreateEventAsync(
                resource.Namespace,
                new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "Event",
                    ["metadata"] = new JsonObject
                    {
                        ["name"] = $"{(resource.Name.Length <= 200 ? resource.Name : resource.Name[..200].TrimEnd('-', '.'))}.{Guid.CreateVersion7():N}",
                        ["namespace"] = resource.Namespace,
                    },
                    ["involvedObject"] = new JsonObject
                    {
                        ["apiVersion"] = resource.ApiVersion,
                        ["kind"] = resource.Kind,
                        ["namespace"] = resource.Namespace,
                        ["name"] = resource.Name,
                        ["uid"] = resource.Uid,
                        ["resourceVersion"] = resource.ResourceVersion,
                    },
                    ["type"] = type,
                    ["reason"] = reason,
                    ["message"] = message.Length <= 1024 ? message : message[..1024],
                    ["firstTimestamp"] = now,
                    ["lastTimestamp"] = now,
                    ["count"] = 1,
                    ["source"] = new JsonObject { ["component"] = "clever-remote-operator" },
                    ["reportingComponent"] = "clever-remote-operator",
                    ["reportingInstance"] = "",
                },
                token);
            metrics.EventPublished(cluster.Id.Name, reason, written: true);
        }
        catch (KubernetesApiException failure)
        {
            metrics.EventPublished(cluster.Id.Name, reason, written: false);
            LogEventLost(failure.IsNamespaceGoing ? LogLevel.Debug : LogLevel.Warning, pass.Key, reason, failure.Message);
        }
    }

    /// <summary>Forgets a resource that is gone.</summary>
    public void Forget(string uid)
    {
        _told.TryRemove(uid, out _);
        ownWrites.Forget(uid);
    }

    private void Learn(ApiResource type, bool drops)
    {
        if (drops)
        {
            _droppedConditions[type] = time.GetUtcNow();
        }
        else
        {
            _droppedConditions.TryRemove(type, out _);
        }
    }

    private static bool IsSameBesideStatus(AddonResource one, AddonResource other) =>
        one.Generation == other.Generation && one.DeletionTimestamp == other.DeletionTimestamp
        && one.Finalizers.SequenceEqual(other.Finalizers)
        && one.Annotations.Count == other.Annotations.Count && !one.Annotations.Except(other.Annotations).Any();

    private async Task PatchAsync(AddonPass pass, JsonObject metadata, CancellationToken token)
    {
        pass.Resource = await cluster.PatchAsync(
            pass.Key.Type, pass.Key.Namespace, pass.Key.Name, new JsonObject { ["metadata"] = metadata }, token);

        // Guarded by the resourceVersion: nobody else's change can be in it.
        ownWrites.Remember(pass.Resource, isAllOurs: true);
    }

    private static JsonArray Finalizers(IEnumerable<string> names) => [.. names.Select(JsonNode (name) => JsonValue.Create(name))];

    [LoggerMessage(EventId = 621, Message = "{Resource}: {Reason}: {Told}")]
    private partial void LogReady(LogLevel level, Queueing.ReconcileKey resource, string reason, string told);

    [LoggerMessage(EventId = 620, Message = "{Resource}: the Event {Reason} could not be written: {Problem}")]
    private partial void LogEventLost(LogLevel level, Queueing.ReconcileKey resource, string reason, string problem);
}
