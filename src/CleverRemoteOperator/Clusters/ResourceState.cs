using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Clusters;

/// <summary>One word for how a resource stands, for status and metrics.</summary>
internal static class ResourceState
{
    public static string Of(AddonResource resource) =>
        resource.DeletionTimestamp is not null ? "Deleting"
        : resource.IsReady ? "Ready"
        : "NotReady";
}
