using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>Which resource a row shows.</summary>
internal sealed record DemoKey(string Cluster, string Namespace, ApiResource Type, string Name);

/// <summary>How a resource stands.</summary>
internal enum DemoState
{
    /// <summary>The operator has not said yet.</summary>
    Waiting,
    Ready,
    Failed,
    Deleting,
    Gone,
}

/// <summary>One resource as the screen shows it.</summary>
/// <param name="Since">When it was applied, changed or deleted last; a timestamp of the clock.</param>
internal sealed record DemoRow(DemoKey Key, long Since)
{
    public DemoState State { get; private init; }

    public string Reason { get; private init; } = "";

    public string Message { get; private init; } = "";

    public string Addon { get; private init; } = "";

    public string Organisation { get; private init; } = "";

    /// <summary>How long it took from <see cref="Since"/> to <see cref="DemoState.Ready"/> or <see cref="DemoState.Gone"/>; null before.</summary>
    public TimeSpan? Took { get; private init; }

    /// <summary>When the row changed last; a timestamp of the clock.</summary>
    public long Changed { get; private init; } = Since;

    /// <summary>Whether <see cref="Message"/> tells a person something to do.</summary>
    public bool NeedsAttention => State == DemoState.Failed;

    private string? Uid { get; init; }

    private long Generation { get; init; }

    /// <summary>The row after the cluster showed the resource, or its last state when it is <paramref name="gone"/>.</summary>
    public DemoRow After(AddonResource resource, bool gone, TimeProvider time)
    {
        var status = resource.Status.ToObject();
        var conditions = (status?["conditions"] as JsonArray)?.OfType<JsonObject>() ?? [];
        var ready = conditions.FirstOrDefault(condition => Text(condition, "type") == ConditionType.Ready);
        var isAtWork = conditions.Any(condition => Text(condition, "type") == ConditionType.Reconciling);
        var state = (resource, Text(ready, "status"), (long?)ready?["observedGeneration"]) switch
        {
            _ when gone => DemoState.Gone,
            ({ DeletionTimestamp: not null }, _, _) => DemoState.Deleting,
            (_, "True", var generation) when generation == resource.Generation => DemoState.Ready,
            (_, "False", var generation) when generation == resource.Generation && !isAtWork => DemoState.Failed,
            _ => DemoState.Waiting,
        };
        var now = time.GetTimestamp();
        var isNews = (Uid is not null && Uid != resource.Uid) || (Generation != 0 && Generation != resource.Generation && State != DemoState.Deleting)
            || (State is not DemoState.Deleting and not DemoState.Gone && state is DemoState.Deleting);
        var since = isNews ? now : Since;
        var isDone = state is DemoState.Ready or DemoState.Gone;
        return this with
        {
            State = state,
            Reason = gone ? "" : Text(ready, "reason"),
            Message = gone ? "" : Text(ready, "message"),
            Addon = Text(status, "addon"),
            Organisation = Text(status, "organisation"),
            Since = since,
            Took = !isDone ? null : state == State && !isNews ? Took : time.GetElapsedTime(since, now),
            Changed = now,
            Uid = resource.Uid,
            Generation = resource.Generation,
        };
    }

    private static string Text(JsonObject? of, string field) => of?[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
