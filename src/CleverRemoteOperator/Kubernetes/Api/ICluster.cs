using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>
/// One cluster's API as the operator uses it: the seam tests fake. Every call has a deadline (connect 10 s, unary 30 s),
/// checks names before they become a path, and throws <see cref="KubernetesApiException"/>.
/// </summary>
internal interface ICluster : IDisposable
{
    ClusterId Id { get; }

    /// <summary>Server address and hash of its certificate authorities: equal for two clusters that are one.</summary>
    string Identity { get; }

    /// <summary>Asks the server for its version (<c>v1.36.4</c>): the cheapest proof that it answers us.</summary>
    Task<string> GetVersionAsync(CancellationToken token);

    /// <summary>Opens <c>GET {path}</c> and gives the answer once its headers are there (30 s at most); for list and watch. 4xx and 5xx throw.</summary>
    /// <param name="pathAndQuery">Below the server's address, without a leading slash: <c>apis/…</c> or <c>api/v1/…</c>.</param>
    /// <param name="accept">Accept header; default <c>application/json</c>.</param>
    Task<HttpResponseMessage> OpenAsync(string pathAndQuery, CancellationToken token, string accept = "application/json");

    /// <summary>Which of the plurals the server serves, in the groups asked for; one version of each. A group that is not there gives nothing.</summary>
    Task<IReadOnlyList<ApiResource>> DiscoverAsync(IEnumerable<string> groups, CancellationToken token);

    /// <summary>The resource, live; null when it is gone.</summary>
    Task<AddonResource?> GetAsync(ApiResource type, string @namespace, string name, CancellationToken token);

    /// <summary>JSON merge patch of the resource. Put <c>metadata.resourceVersion</c> in it to fail with a conflict when it changed.</summary>
    Task<AddonResource> PatchAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token);

    /// <summary>JSON merge patch of the resource's status; gives what the server kept of it.</summary>
    Task<AddonResource> PatchStatusAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token);

    /// <summary>Metadata of a Secret, live, without its data; null when there is none.</summary>
    Task<SecretMetadata?> GetSecretMetadataAsync(string @namespace, string name, CancellationToken token);

    /// <summary>One key of a Secret, decoded, at most 64 KiB; null when the Secret or the key is not there.</summary>
    Task<string?> GetSecretValueAsync(string @namespace, string name, string key, CancellationToken token);

    /// <summary>Server-side apply of a Secret with our field manager. Put uid and resourceVersion in its metadata to fail with a conflict when it changed.</summary>
    Task<SecretMetadata> ApplySecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token);

    /// <summary>Whether the server would take the Secret: what <see cref="ApplySecretAsync"/> would do and refuse, with nothing written.</summary>
    Task DryRunSecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token);

    /// <summary>JSON merge patch of a Secret. Put uid and resourceVersion in its metadata to fail with a conflict when it changed.</summary>
    Task<SecretMetadata> PatchSecretAsync(string @namespace, string name, JsonObject mergePatch, CancellationToken token);

    /// <summary>Deletes a Secret of that uid; nothing happens when there is none, or another by now.</summary>
    Task DeleteSecretAsync(string @namespace, string name, string uid, CancellationToken token);

    /// <summary>The workloads of that type in a namespace, live.</summary>
    Task<IReadOnlyList<Workload>> ListWorkloadsAsync(ApiResource type, string @namespace, CancellationToken token);

    /// <summary>One workload, live; null when there is none.</summary>
    Task<Workload?> GetWorkloadAsync(ApiResource type, string @namespace, string name, CancellationToken token);

    /// <summary>Puts the checksum on the pod template of the workload, which restarts its pods; fails when another of that name has taken its place.</summary>
    Task RestartWorkloadAsync(ApiResource type, string @namespace, Workload workload, string checksum, CancellationToken token);

    /// <summary>A namespace's metadata, live; null when there is none.</summary>
    Task<NamespaceMetadata?> GetNamespaceAsync(string name, CancellationToken token);

    /// <summary>What becomes of the definition of a type, live.</summary>
    Task<DefinitionState> GetDefinitionStateAsync(ApiResource type, CancellationToken token);

    /// <summary>Writes a core Event.</summary>
    Task CreateEventAsync(string @namespace, Corev1Event @event, CancellationToken token);

    /// <summary>Asks the server something about ourselves by a review, which it answers and does not store: <c>SelfSubjectAccessReview</c> and the like.</summary>
    /// <param name="spec">The question; null where the type has none.</param>
    /// <returns>The status of the review.</returns>
    Task<JsonObject> ReviewAsync(ApiResource review, JsonObject? spec, CancellationToken token);

    /// <summary>A Lease as it is, live; null when there is none.</summary>
    Task<V1Lease?> GetLeaseAsync(string @namespace, string name, CancellationToken token);

    /// <summary>Creates (no resourceVersion in it) or replaces a Lease; fails with a conflict when somebody was faster.</summary>
    Task<V1Lease> PutLeaseAsync(string @namespace, string name, V1Lease lease, CancellationToken token);
}
