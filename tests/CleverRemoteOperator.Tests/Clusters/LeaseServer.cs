using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>The Lease of one cluster in memory, as strict about resourceVersions as a real one.</summary>
internal sealed class LeaseServer
{
    private int _revision = 10;

    /// <summary>The Lease as it is; null when there is none. A test may put anything there.</summary>
    public JsonObject? Lease { get; set; }

    public string? Holder => (string?)Lease?["spec"]?["holderIdentity"] is { Length: > 0 } holder ? holder : null;

    /// <summary>What one instance sees of it.</summary>
    public View Connect() => new(this);

    private static V1Lease Model(JsonObject lease) => JsonAnswer.Parse(
        new ApiRequest(HttpMethod.Get, "lease"), JsonSerializer.SerializeToUtf8Bytes(lease, KubernetesModels.Default.JsonObject), KubernetesModels.Default.V1Lease);

    private V1Lease Put(V1Lease lease)
    {
        var expected = lease.Metadata.ResourceVersion;
        if (expected is not null && Lease is null)
        {
            throw new KubernetesApiException("not found", HttpStatusCode.NotFound, "NotFound");
        }

        if (expected != (string?)Lease?["metadata"]?["resourceVersion"])
        {
            throw new KubernetesApiException("conflict", HttpStatusCode.Conflict, "Conflict");
        }

        var written = JsonSerializer.SerializeToNode(lease, KubernetesModels.Default.V1Lease)!.AsObject();
        written["metadata"]!["resourceVersion"] = (++_revision).ToString(CultureInfo.InvariantCulture);
        Lease = written;
        return Model(written);
    }

    /// <summary>One instance's connection, which can fail or hang by itself.</summary>
    internal sealed class View(LeaseServer server) : ICluster
    {
        public ClusterId Id { get; } = new("paris");

        public string Identity => "lease";

        /// <summary>True while no request gets an answer.</summary>
        public bool Hangs { get; set; }

        /// <summary>What every request meets.</summary>
        public KubernetesApiException? Failure { get; set; }

        /// <summary>Done once, just before the next write.</summary>
        public Action? BeforeWrite { get; set; }

        public int Requests { get; private set; }

        public Task<JsonObject> ReviewAsync(ApiResource review, JsonObject? spec, CancellationToken token) => throw new NotSupportedException();

        public async Task<V1Lease?> GetLeaseAsync(string @namespace, string name, CancellationToken token)
        {
            await ArriveAsync(token);
            return server.Lease is { } lease ? Model(lease) : null;
        }

        public async Task<V1Lease> PutLeaseAsync(string @namespace, string name, V1Lease lease, CancellationToken token)
        {
            await ArriveAsync(token);
            var before = BeforeWrite;
            BeforeWrite = null;
            before?.Invoke();
            return server.Put(lease);
        }

        public void Dispose()
        {
            // Nothing is held.
        }

        public Task<string> GetVersionAsync(CancellationToken token) => throw new NotSupportedException();

        public Task<HttpResponseMessage> OpenAsync(string pathAndQuery, CancellationToken token, string accept = "application/json") => throw new NotSupportedException();

        public Task<IReadOnlyList<ApiResource>> DiscoverAsync(IEnumerable<string> groups, CancellationToken token) => throw new NotSupportedException();

        public Task<AddonResource?> GetAsync(ApiResource type, string @namespace, string name, CancellationToken token) => throw new NotSupportedException();

        public Task<AddonResource> PatchAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) => throw new NotSupportedException();

        public Task<AddonResource> PatchStatusAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) => throw new NotSupportedException();

        public Task<SecretMetadata?> GetSecretMetadataAsync(string @namespace, string name, CancellationToken token) => throw new NotSupportedException();

        public Task<string?> GetSecretValueAsync(string @namespace, string name, string key, CancellationToken token) => throw new NotSupportedException();

        public Task DryRunSecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) => throw new NotSupportedException();

        public Task<SecretMetadata> ApplySecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) => throw new NotSupportedException();

        public Task CreateEventAsync(string @namespace, Corev1Event @event, CancellationToken token) => throw new NotSupportedException();

        public Task<IReadOnlyList<Workload>> ListWorkloadsAsync(ApiResource type, string @namespace, CancellationToken token) => throw new NotSupportedException();

        public Task<Workload?> GetWorkloadAsync(ApiResource type, string @namespace, string name, CancellationToken token) => throw new NotSupportedException();

        public Task RestartWorkloadAsync(ApiResource type, string @namespace, Workload workload, string checksum, CancellationToken token) => throw new NotSupportedException();

        public Task<SecretMetadata> PatchSecretAsync(string @namespace, string name, JsonObject mergePatch, CancellationToken token) => throw new NotSupportedException();

        public Task DeleteSecretAsync(string @namespace, string name, string uid, CancellationToken token) => throw new NotSupportedException();

        public Task<NamespaceMetadata?> GetNamespaceAsync(string name, CancellationToken token) => throw new NotSupportedException();

        public Task<DefinitionState> GetDefinitionStateAsync(ApiResource type, CancellationToken token) => throw new NotSupportedException();

        private Task ArriveAsync(CancellationToken token)
        {
            Requests++;
            return Failure is { } failure ? Task.FromException(failure) : Hangs ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token) : Task.CompletedTask;
        }
    }
}
