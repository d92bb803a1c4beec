using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>One cluster's API over HTTP.</summary>
internal sealed class Cluster(ClusterId id, ClusterConnection connection, TimeProvider time, KubernetesRequestObserver? observer = null) : ICluster
{
    /// <summary>As whom the operator writes: the server notes it beside every field.</summary>
    public const string FieldManager = OperatorNames.Own;

    private const string MergePatch = "application/merge-patch+json";
    private const string ApplyPatch = "application/apply-patch+yaml";
    private const int MaxSecretValue = 64 * 1024;

    private readonly ApiTransport _transport = new(id, connection, time, observer);

    public ClusterId Id => id;

    public string Identity => connection.Identity;

    public async Task<string> GetVersionAsync(CancellationToken token) =>
        Printable.Of((await ReadAsync(new ApiRequest(HttpMethod.Get, "version"), KubernetesModels.Default.VersionInfo, token)).GitVersion ?? "", 64);

    public Task<HttpResponseMessage> OpenAsync(string pathAndQuery, CancellationToken token, string accept = "application/json") =>
        _transport.OpenAsync(new ApiRequest(HttpMethod.Get, pathAndQuery, accept), token);

    public Task<IReadOnlyList<ApiResource>> DiscoverAsync(IEnumerable<string> groups, CancellationToken token) =>
        ApiDiscovery.RunAsync(_transport, groups, token);

    public Task<AddonResource?> GetAsync(ApiResource type, string @namespace, string name, CancellationToken token) =>
        UnlessGoneAsync(SendAsync(new ApiRequest(HttpMethod.Get, ApiPath.Of(type, @namespace, name)), ObjectReading.Addons(type, time), token));

    public Task<AddonResource> PatchAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) =>
        PatchAsync(type, ApiPath.Of(type, @namespace, name), mergePatch, token);

    public Task<AddonResource> PatchStatusAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) =>
        PatchAsync(type, ApiPath.Of(type, @namespace, name, "status"), mergePatch, token);

    public Task<SecretMetadata?> GetSecretMetadataAsync(string @namespace, string name, CancellationToken token) =>
        UnlessGoneAsync(SendAsync(
            new ApiRequest(HttpMethod.Get, ApiPath.Of(ApiResource.Secrets, @namespace, name), ObjectReading.Secrets.Accept), ObjectReading.Secrets, token));

    public async Task<string?> GetSecretValueAsync(string @namespace, string name, string key, CancellationToken token)
    {
        var request = new ApiRequest(HttpMethod.Get, ApiPath.Of(ApiResource.Secrets, @namespace, name));
        var secret = await UnlessGoneAsync(ReadAsync(request, KubernetesModels.Default.V1Secret, token));
        if (secret?.Data?.TryGetValue(key, out var bytes) != true || bytes is null)
        {
            return null;
        }

        return bytes.Length > MaxSecretValue ? throw new KubernetesApiException($"{request}: key {key} is larger than {MaxSecretValue / 1024} KiB", null, "ValueTooLarge")
            : Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes)
            : throw new KubernetesApiException($"{request}: key {key} is not UTF-8 text", null, "ValueNotText");
    }

    public Task<SecretMetadata> ApplySecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) =>
        ApplyAsync(@namespace, name, secret, dryRun: null, token);

    public Task DryRunSecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) =>
        ApplyAsync(@namespace, name, secret, dryRun: "All", token);

    public Task<SecretMetadata> PatchSecretAsync(string @namespace, string name, JsonObject mergePatch, CancellationToken token)
    {
        var path = ApiPath.WithQuery(ApiPath.Of(ApiResource.Secrets, @namespace, name), ("fieldManager", FieldManager));
        return SendAsync(
            new ApiRequest(HttpMethod.Patch, path, ObjectReading.Secrets.Accept, ContentType: MergePatch).With(mergePatch, KubernetesModels.Default.JsonObject), ObjectReading.Secrets, token);
    }

    public async Task DeleteSecretAsync(string @namespace, string name, string uid, CancellationToken token)
    {
        var only = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["preconditions"] = new JsonObject { ["uid"] = uid },
        };
        try
        {
            await _transport.SendAsync(new ApiRequest(HttpMethod.Delete, ApiPath.Of(ApiResource.Secrets, @namespace, name), ObjectReading.Secrets.Accept).With(only, KubernetesModels.Default.JsonObject), token);
        }
        catch (KubernetesApiException failure) when (failure.IsNotFound || failure.IsConflict)
        {
            // Gone, or another Secret of the same name has taken its place.
        }
    }

    public Task<IReadOnlyList<Workload>> ListWorkloadsAsync(ApiResource type, string @namespace, CancellationToken token) =>
        WorkloadApi.ListAsync(_transport, type, @namespace, token);

    public Task<Workload?> GetWorkloadAsync(ApiResource type, string @namespace, string name, CancellationToken token) =>
        WorkloadApi.GetAsync(_transport, type, @namespace, name, token);

    public Task RestartWorkloadAsync(ApiResource type, string @namespace, Workload workload, string checksum, CancellationToken token) =>
        _transport.SendAsync(WorkloadApi.Restart(type, @namespace, workload, checksum, FieldManager), token);

    public Task<NamespaceMetadata?> GetNamespaceAsync(string name, CancellationToken token) =>
        UnlessGoneAsync(SendAsync(
            new ApiRequest(HttpMethod.Get, ApiPath.Of(ApiResource.Namespaces, null, name), ObjectReading.Namespaces.Accept), ObjectReading.Namespaces, token));

    public async Task<DefinitionState> GetDefinitionStateAsync(ApiResource type, CancellationToken token)
    {
        try
        {
            var path = ApiPath.Of(ApiResource.Definitions, null, $"{type.Plural}.{type.Group}");
            var definition = await UnlessGoneAsync(ReadAsync(new ApiRequest(HttpMethod.Get, path, ObjectReading.Namespaces.Accept), token));
            return definition?["metadata"] is not JsonObject metadata || metadata["deletionTimestamp"] is not null ? DefinitionState.Going : DefinitionState.InOrder;
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden)
        {
            return await ApiDiscovery.CanCreateAsync(_transport, type, token) ? DefinitionState.Unreadable : DefinitionState.Going;
        }
    }

    public async Task CreateEventAsync(string @namespace, Corev1Event @event, CancellationToken token) =>
        await _transport.SendAsync(new ApiRequest(HttpMethod.Post, ApiPath.Of(ApiResource.Events, @namespace)).With(@event, KubernetesModels.Default.Corev1Event), token);

    public async Task<JsonObject> ReviewAsync(ApiResource review, JsonObject? spec, CancellationToken token)
    {
        var question = new JsonObject { ["apiVersion"] = review.ApiVersion, ["kind"] = review.Kind };
        if (spec is not null)
        {
            question["spec"] = spec;
        }

        var answer = await ReadAsync(new ApiRequest(HttpMethod.Post, ApiPath.Of(review, null)).With(question, KubernetesModels.Default.JsonObject), token);
        return answer["status"] as JsonObject ?? [];
    }

    public Task<V1Lease?> GetLeaseAsync(string @namespace, string name, CancellationToken token) =>
        UnlessGoneAsync(ReadAsync(new ApiRequest(HttpMethod.Get, ApiPath.Of(ApiResource.Leases, @namespace, name)), KubernetesModels.Default.V1Lease, token));

    public Task<V1Lease> PutLeaseAsync(string @namespace, string name, V1Lease lease, CancellationToken token)
    {
        var exists = lease.Metadata.ResourceVersion is not null;
        return ReadAsync(
            new ApiRequest(
                exists ? HttpMethod.Put : HttpMethod.Post,
                ApiPath.WithQuery(ApiPath.Of(ApiResource.Leases, @namespace, exists ? name : null), ("fieldManager", FieldManager)))
                .With(lease, KubernetesModels.Default.V1Lease),
            KubernetesModels.Default.V1Lease,
            token);
    }

    public void Dispose() => _transport.Dispose();

    private Task<SecretMetadata> ApplyAsync(string @namespace, string name, V1Secret secret, string? dryRun, CancellationToken token)
    {
        var path = ApiPath.WithQuery(ApiPath.Of(ApiResource.Secrets, @namespace, name), ("fieldManager", FieldManager), ("force", "true"), ("dryRun", dryRun));
        return SendAsync(
            new ApiRequest(HttpMethod.Patch, path, ObjectReading.Secrets.Accept, ContentType: ApplyPatch).With(secret, KubernetesModels.Default.V1Secret), ObjectReading.Secrets, token);
    }

    private Task<AddonResource> PatchAsync(ApiResource type, string path, JsonObject mergePatch, CancellationToken token) => SendAsync(
        new ApiRequest(HttpMethod.Patch, ApiPath.WithQuery(path, ("fieldManager", FieldManager)), ContentType: MergePatch).With(mergePatch, KubernetesModels.Default.JsonObject),
        ObjectReading.Addons(type, time),
        token);

    private async Task<T> SendAsync<T>(ApiRequest request, ObjectFormat<T> format, CancellationToken token)
        where T : class, INamespacedObject
    {
        try
        {
            return await _transport.SendAsync(request, answer => format.Read(answer), token);
        }
        catch (MalformedObjectException malformed)
        {
            throw new KubernetesApiException($"{request}: the answer is not the expected object: {malformed.Message}", null, "Malformed");
        }
    }

    private Task<T> ReadAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken token)
        where T : class =>
        _transport.SendAsync(request, answer => JsonAnswer.Parse(request, answer, type), token);

    private Task<JsonObject> ReadAsync(ApiRequest request, CancellationToken token) =>
        _transport.SendAsync(request, answer => JsonAnswer.Parse(request, answer), token);

    private static async Task<T?> UnlessGoneAsync<T>(Task<T> answer)
        where T : class
    {
        try
        {
            return await answer;
        }
        catch (KubernetesApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }
}
