using System.Globalization;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>A resource as its cluster shows it. What somebody else may have written is fit for a terminal.</summary>
/// <param name="Type">As it is served; it says how the cluster spells the kind.</param>
/// <param name="State">One word: <c>Ready</c>, <c>NotReady</c>, <c>Deleting</c>.</param>
/// <param name="Reason">Reason of its condition Ready; empty where the definition keeps no conditions.</param>
/// <param name="Since">When Ready came to what it is.</param>
internal sealed record ResourceView(
    string Cluster, ApiResource Type, AddonResource Resource, string State, string Reason, string Message, DateTimeOffset? Since)
{
    private const int MaxField = 128;
    private const int MaxMessage = 1024;

    private readonly ResourceStatus _status = new(Resource.Status.ToObject(), Resource.Generation);

    public bool IsReady => State == "Ready";

    public string Namespace => Resource.Namespace;

    public string Kind => Type.Kind;

    public string Name => Resource.Name;

    /// <summary>True while somebody has to change something.</summary>
    public bool IsStalled => _status.Condition(ConditionType.Stalled).Text("status") == "True";

    /// <summary>A field of the status; empty when it has none.</summary>
    public string Field(string name) => Printable.Of(_status.Text(name) ?? "", MaxField);

    public static ResourceView Of(string cluster, ApiResource type, AddonResource resource)
    {
        var ready = new ResourceStatus(resource.Status.ToObject(), resource.Generation).Condition(ConditionType.Ready);
        return new(
            cluster, type, resource, ResourceState.Of(resource),
            Printable.Of(ready.Text("reason") ?? (resource.IsTooLarge ? Reconciling.Deciding.Reason.TooLarge : ""), MaxField),
            Printable.Of(ready.Text("message") ?? "", MaxMessage),
            DateTimeOffset.TryParse(ready.Text("lastTransitionTime"), CultureInfo.InvariantCulture, out var since) ? since : null);
    }
}
