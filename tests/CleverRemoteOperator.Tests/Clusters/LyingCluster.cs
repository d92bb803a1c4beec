using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>What a server says of itself, for <see cref="LyingCluster"/>; may change at any time.</summary>
internal sealed class Lies
{
    private int _asked;
    private int _requests;

    /// <summary>Uid of its kube-system.</summary>
    public string? KubeSystem { get; set; }

    /// <summary>Uid of its Lease.</summary>
    public string? Lease { get; set; }

    public string? Identity { get; set; }

    /// <summary>It says that it took the Lease, and did not.</summary>
    public bool DropsWrites { get; set; }

    /// <summary>What every request about the Lease meets.</summary>
    public KubernetesApiException? LeaseFailure { get; set; }

    /// <summary>What it shows instead of these uids.</summary>
    public Dictionary<string, string> Uids { get; } = [];

    /// <summary>No request gets an answer.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether its server has been asked about the Lease and has not answered yet.</summary>
    public bool IsAsked => Volatile.Read(ref _asked) > 0;

    /// <summary>Whether its server has been asked anything and has not answered yet; of a watch, with headers.</summary>
    public bool IsBusy => Volatile.Read(ref _requests) > 0;

    /// <summary>The server is asked about the Lease until the answer is disposed.</summary>
    public IDisposable Ask()
    {
        Interlocked.Increment(ref _asked);
        return new Question(this);
    }

    /// <summary>Notes a request until it is answered.</summary>
    public async Task<T> DuringAsync<T>(Task<T> request)
    {
        Interlocked.Increment(ref _requests);
        try
        {
            return await request;
        }
        finally
        {
            Interlocked.Decrement(ref _requests);
        }
    }

    /// <summary>What the server has not answered yet.</summary>
    private sealed class Question(Lies lies) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref lies._asked);
    }
}

/// <summary>A connection to a real server that says of itself what a test wants.</summary>
internal sealed class LyingCluster(ICluster cluster, Lies lies) : ICluster
{
    public ClusterId Id => cluster.Id;

    public string Identity => lies.Identity ?? cluster.Identity;

    public Task<string> GetVersionAsync(CancellationToken token) => lies.DuringAsync(Up().GetVersionAsync(token));

    public async Task<HttpResponseMessage> OpenAsync(string pathAndQuery, CancellationToken token, string accept = "application/json")
    {
        if (lies is { KubeSystem: { } uid, IsDown: false } && pathAndQuery.EndsWith("namespaces/kube-system", StringComparison.Ordinal))
        {
            return new HttpResponseMessage { Content = new StringContent($$$"""{"metadata":{"name":"kube-system","uid":"{{{uid}}}"}}""", Encoding.UTF8) };
        }

        var answer = await lies.DuringAsync(Up().OpenAsync(pathAndQuery, token, accept));
        if (lies.Uids.Count > 0)
        {
            answer.Content = new StreamContent(new UidStream(
                await answer.Content.ReadAsStreamAsync(token), line => lies.Uids.Aggregate(line, (text, uid) => text.Replace(uid.Key, uid.Value, StringComparison.Ordinal))));
        }

        return answer;
    }

    public Task<IReadOnlyList<ApiResource>> DiscoverAsync(IEnumerable<string> groups, CancellationToken token) => lies.DuringAsync(Up().DiscoverAsync(groups, token));

    public Task<AddonResource?> GetAsync(ApiResource type, string @namespace, string name, CancellationToken token) => Up().GetAsync(type, @namespace, name, token);

    public Task<AddonResource> PatchAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) =>
        Up().PatchAsync(type, @namespace, name, mergePatch, token);

    public Task<AddonResource> PatchStatusAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) =>
        Up().PatchStatusAsync(type, @namespace, name, mergePatch, token);

    public Task<SecretMetadata?> GetSecretMetadataAsync(string @namespace, string name, CancellationToken token) => Up().GetSecretMetadataAsync(@namespace, name, token);

    public Task<string?> GetSecretValueAsync(string @namespace, string name, string key, CancellationToken token) => Up().GetSecretValueAsync(@namespace, name, key, token);

    public Task DryRunSecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) => Up().DryRunSecretAsync(@namespace, name, secret, token);

    public Task<SecretMetadata> ApplySecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) => Up().ApplySecretAsync(@namespace, name, secret, token);

    public Task<IReadOnlyList<Workload>> ListWorkloadsAsync(ApiResource type, string @namespace, CancellationToken token) => Up().ListWorkloadsAsync(type, @namespace, token);

    public Task<Workload?> GetWorkloadAsync(ApiResource type, string @namespace, string name, CancellationToken token) => Up().GetWorkloadAsync(type, @namespace, name, token);

    public Task RestartWorkloadAsync(ApiResource type, string @namespace, Workload workload, string checksum, CancellationToken token) =>
        Up().RestartWorkloadAsync(type, @namespace, workload, checksum, token);

    public Task<SecretMetadata> PatchSecretAsync(string @namespace, string name, JsonObject mergePatch, CancellationToken token) =>
        Up().PatchSecretAsync(@namespace, name, mergePatch, token);

    public Task DeleteSecretAsync(string @namespace, string name, string uid, CancellationToken token) => Up().DeleteSecretAsync(@namespace, name, uid, token);

    public Task<NamespaceMetadata?> GetNamespaceAsync(string name, CancellationToken token) => Up().GetNamespaceAsync(name, token);

    public Task<DefinitionState> GetDefinitionStateAsync(ApiResource type, CancellationToken token) => Up().GetDefinitionStateAsync(type, token);

    public Task CreateEventAsync(string @namespace, Corev1Event @event, CancellationToken token) => Up().CreateEventAsync(@namespace, @event, token);

    public Task<JsonObject> ReviewAsync(ApiResource review, JsonObject? spec, CancellationToken token) => Up().ReviewAsync(review, spec, token);

    public async Task<V1Lease?> GetLeaseAsync(string @namespace, string name, CancellationToken token)
    {
        using var turn = lies.Ask();
        return Lie(await lies.DuringAsync(UpWithLease().GetLeaseAsync(@namespace, name, token)));
    }

    public async Task<V1Lease> PutLeaseAsync(string @namespace, string name, V1Lease lease, CancellationToken token)
    {
        using var turn = lies.Ask();
        return Lie(lies.DropsWrites ? lease : await lies.DuringAsync(UpWithLease().PutLeaseAsync(@namespace, name, lease, token)))!;
    }

    public void Dispose() => cluster.Dispose();

    private ICluster Up() => lies.IsDown ? throw new KubernetesApiException("no answer", null, "") : cluster;

    private ICluster UpWithLease() => lies.LeaseFailure is { } failure ? throw failure : Up();

    private V1Lease? Lie(V1Lease? lease)
    {
        if (lease is not null && lies.Lease is { } uid)
        {
            lease.Metadata.Uid = uid;
        }

        return lease;
    }
}
