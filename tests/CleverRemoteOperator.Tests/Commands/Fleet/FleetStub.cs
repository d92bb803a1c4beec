using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Commands.Fleet;

/// <summary>One cluster that only shows what it has. Writing to it fails the test.</summary>
internal sealed class FleetStub(string name) : ICluster
{
    public ClusterId Id { get; } = new(name);

    public string Identity => name;

    /// <summary>Resources, as an API server gives them.</summary>
    public List<JsonObject> Resources { get; } = [];

    /// <summary>Kinds it has the definition of.</summary>
    public IEnumerable<AddonKind> Kinds { get; set; } = AddonCatalog.All;

    /// <summary>What every request fails with; null for nothing.</summary>
    public KubernetesApiException? FailsWith { get; set; }

    /// <summary>What a list of this plural fails with.</summary>
    public Dictionary<string, KubernetesApiException> ListsFail { get; } = [];

    /// <summary>Whether no request is ever answered.</summary>
    public bool Hangs { get; set; }

    /// <summary>Every list that was asked for.</summary>
    public List<string> Lists { get; } = [];

    /// <summary>Who we are there.</summary>
    public string User { get; set; } = "system:serviceaccount:operators:remote";

    /// <summary>Whether we may: verb, group, resource, part, namespace and name with blanks between.</summary>
    public Func<string, bool> Allows { get; set; } = _ => true;

    public V1Lease? Lease { get; set; }

    /// <summary>What the server's clock says; null for nothing.</summary>
    public DateTimeOffset? Date { get; set; } = FakeFleet.Now;

    public FleetStub With(params IEnumerable<JsonObject> resources)
    {
        Resources.AddRange(resources);
        return this;
    }

    public async Task<IReadOnlyList<ApiResource>> DiscoverAsync(IEnumerable<string> groups, CancellationToken token)
    {
        await AnswerAsync(token);
        return [.. Kinds.Select(kind => new ApiResource(AddonCatalog.Group, "v1", kind.Plural, kind.Name))];
    }

    public async Task<HttpResponseMessage> OpenAsync(string pathAndQuery, CancellationToken token, string accept = "application/json")
    {
        await AnswerAsync(token);
        lock (Lists)
        {
            Lists.Add(pathAndQuery);
        }

        var path = pathAndQuery.Split('?')[0].Split('/');
        if (ListsFail.TryGetValue(path[^1], out var failure))
        {
            throw failure;
        }

        var kind = path[^1] switch
        {
            "version" => "Version",
            "deployments" => "Deployment",
            "secrets" => "Secret",
            var plural => AddonCatalog.ByPlural(plural)!.Name,
        };
        var @namespace = path is [.., "namespaces", var scope, _] ? scope : null;
        var list = new JsonObject
        {
            ["kind"] = kind + "List",
            ["metadata"] = new JsonObject { ["resourceVersion"] = "7" },
            ["items"] = new JsonArray([.. Resources
                .Where(item => (string?)item["kind"] == kind && (@namespace is null || (string?)item["metadata"]!["namespace"] == @namespace))
                .Select(item => item.DeepClone())]),
        };
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(list.ToJsonString(), Encoding.UTF8, "application/json") };
        answer.Headers.Date = Date;
        return answer;
    }

    public async Task<string> GetVersionAsync(CancellationToken token)
    {
        await AnswerAsync(token);
        return "v1.36.0";
    }

    public Task<AddonResource?> GetAsync(ApiResource type, string @namespace, string name, CancellationToken token) => throw new NotSupportedException();

    public Task<AddonResource> PatchAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) => throw new NotSupportedException();

    public Task<AddonResource> PatchStatusAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) => throw new NotSupportedException();

    public Task<SecretMetadata?> GetSecretMetadataAsync(string @namespace, string name, CancellationToken token) => throw new NotSupportedException();

    public Task<string?> GetSecretValueAsync(string @namespace, string name, string key, CancellationToken token) => throw new NotSupportedException();

    public Task<SecretMetadata> ApplySecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) => throw new NotSupportedException();

    public Task DryRunSecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) => throw new NotSupportedException();

    public Task<SecretMetadata> PatchSecretAsync(string @namespace, string name, JsonObject mergePatch, CancellationToken token) => throw new NotSupportedException();

    public Task DeleteSecretAsync(string @namespace, string name, string uid, CancellationToken token) => throw new NotSupportedException();

    public Task<NamespaceMetadata?> GetNamespaceAsync(string name, CancellationToken token) => throw new NotSupportedException();

    public Task<DefinitionState> GetDefinitionStateAsync(ApiResource type, CancellationToken token) => throw new NotSupportedException();

    public Task CreateEventAsync(string @namespace, Corev1Event @event, CancellationToken token) => throw new NotSupportedException();

    public Task<IReadOnlyList<Workload>> ListWorkloadsAsync(ApiResource type, string @namespace, CancellationToken token) => throw new NotSupportedException();

    public Task<Workload?> GetWorkloadAsync(ApiResource type, string @namespace, string name, CancellationToken token) => throw new NotSupportedException();

    public Task RestartWorkloadAsync(ApiResource type, string @namespace, Workload workload, string checksum, CancellationToken token) => throw new NotSupportedException();

    public async Task<JsonObject> ReviewAsync(ApiResource review, JsonObject? spec, CancellationToken token)
    {
        await AnswerAsync(token);
        var asked = spec?["resourceAttributes"]?.AsObject();
        return asked is null
            ? new JsonObject { ["userInfo"] = new JsonObject { ["username"] = User, ["groups"] = new JsonArray("system:authenticated") } }
            : new JsonObject { ["allowed"] = Allows(string.Join(' ', asked.Select(pair => (string?)pair.Value))) };
    }

    public Task<V1Lease?> GetLeaseAsync(string @namespace, string name, CancellationToken token) => Task.FromResult(Lease);

    public Task<V1Lease> PutLeaseAsync(string @namespace, string name, V1Lease lease, CancellationToken token) => throw new NotSupportedException();

    public void Dispose()
    {
        // Nothing is held.
    }

    private async Task AnswerAsync(CancellationToken token)
    {
        if (Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        }

        if (FailsWith is { } failure)
        {
            throw failure;
        }
    }
}
