using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Selecting;

/// <summary>Which objects a list, watch or delete of a collection is about.</summary>
internal sealed record Selection(string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>Whether it takes everything of its namespace.</summary>
    public bool IsEmpty => Labels.IsEmpty && Fields.IsEmpty;

    public static Selection Of(ApiRequest request, ResourceType type) => new(
        type.Namespaced && request.Namespace.Length > 0 ? request.Namespace : null,
        LabelSelector.Parse(request.Query("labelSelector")),
        FieldSelector.Parse(request.Query("fieldSelector"), type));

    public bool Matches(StoredObject candidate) =>
        (Namespace is null || Namespace == candidate.Namespace) && Labels.Matches(candidate.Labels) && Fields.Matches(candidate);
}
