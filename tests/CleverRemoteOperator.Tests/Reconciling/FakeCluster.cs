using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>A cluster with one namespace in memory, as strict about resourceVersions as a real one. Any step can be made to fail.</summary>
internal sealed class FakeCluster(Steps steps) : ICluster
{
    private int _revision = 100;

    public ClusterId Id { get; } = new("paris");

    public string Identity => "fake";

    public Dictionary<string, AddonResource> Resources { get; } = [];

    public Dictionary<string, (SecretMetadata Metadata, Dictionary<string, string> Data)> Secrets { get; } = [];

    public List<(string Reason, string Message)> Events { get; } = [];

    /// <summary>True for a CRD of the reference operator: it keeps few status fields and no conditions.</summary>
    public bool DropsConditions { get; set; }

    /// <summary>Happens before a Secret is applied.</summary>
    public Action WhenSecretIsApplied { get; set; } = () => { };

    public AddonResource Add(AddonResource resource) => Resources[resource.Name] = resource with { ResourceVersion = Next() };

    /// <summary>Changes the resource as somebody else would.</summary>
    public void Edit(string name, Func<AddonResource, AddonResource> edit) => Resources[name] = edit(Resources[name]) with { ResourceVersion = Next() };

    public Task<AddonResource?> GetAsync(ApiResource type, string @namespace, string name, CancellationToken token) =>
        steps.RunAsync("get", () => Resources.GetValueOrDefault(name));

    public Task<AddonResource> PatchAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) =>
        steps.RunAsync("patch", () =>
        {
            var before = Find(name);
            var metadata = mergePatch["metadata"]!.AsObject();
            RequireUid(metadata, before);
            if ((string?)metadata["resourceVersion"] is { } expected && expected != before.ResourceVersion)
            {
                throw new KubernetesApiException("changed", HttpStatusCode.Conflict, "Conflict");
            }

            var annotations = before.Annotations.ToDictionary();
            foreach (var (key, value) in metadata["annotations"]?.AsObject() ?? [])
            {
                if (value is null)
                {
                    annotations.Remove(key);
                }
                else
                {
                    annotations[key] = value.GetValue<string>();
                }
            }

            var after = before with
            {
                ResourceVersion = Next(),
                Annotations = annotations,
                Finalizers = metadata["finalizers"]?.AsArray().Select(name => name!.GetValue<string>()).ToList() ?? before.Finalizers,
            };
            return Keep(after);
        });

    public Task<AddonResource> PatchStatusAsync(ApiResource type, string @namespace, string name, JsonObject mergePatch, CancellationToken token) =>
        steps.RunAsync("status", () =>
        {
            var before = Find(name);
            if ((string?)mergePatch["metadata"]?["resourceVersion"] is { } expected && expected != before.ResourceVersion)
            {
                throw new KubernetesApiException("changed", HttpStatusCode.Conflict, "Conflict");
            }

            var status = before.Status.ToObject() ?? [];
            foreach (var (field, value) in mergePatch["status"]!.AsObject())
            {
                if (value is null || (DropsConditions && field != "addon"))
                {
                    status.Remove(field);
                }
                else
                {
                    status[field] = Merged(status[field], value);
                }
            }

            return Keep(before with { ResourceVersion = Next(), Status = JsonPart.Of(status) });
        });

    private static JsonNode? Merged(JsonNode? before, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var after = before as JsonObject is { } old ? old.DeepClone().AsObject() : [];
        foreach (var (name, value) in changes)
        {
            after.Remove(name);
            if (value is not null)
            {
                after[name] = Merged(before?[name], value);
            }
        }

        return after;
    }

    public Task<SecretMetadata?> GetSecretMetadataAsync(string @namespace, string name, CancellationToken token) =>
        steps.RunAsync("secret get", () => Secrets.TryGetValue(name, out var secret) ? secret.Metadata : null);

    public Task<SecretMetadata> ApplySecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) =>
        steps.RunAsync("secret apply", () =>
        {
            WhenSecretIsApplied();
            var exists = Secrets.TryGetValue(name, out var before);
            if ((exists && secret.Metadata.ResourceVersion is not null) || (secret.Metadata.Uid is { } uid && uid != before.Metadata?.Uid))
            {
                throw new KubernetesApiException("changed", HttpStatusCode.Conflict, "Conflict");
            }

            var owners = secret.Metadata.OwnerReferences.Select(owner => owner.Uid).ToList();
            var metadata = new SecretMetadata(@namespace, name, $"uid-{name}", Next(), owners, IsAppliedByOperator: true, secret.Metadata.Annotations["api.clever-cloud.com/checksum"]);
            Secrets[name] = (metadata, secret.Data.ToDictionary(pair => pair.Key, pair => System.Text.Encoding.UTF8.GetString(pair.Value)));
            return metadata;
        });

    public Task DryRunSecretAsync(string @namespace, string name, V1Secret secret, CancellationToken token) =>
        steps.RunAsync("secret dry run", () => true);

    public Task DeleteSecretAsync(string @namespace, string name, string uid, CancellationToken token) =>
        steps.RunAsync("secret delete", () => Secrets.TryGetValue(name, out var secret) && secret.Metadata.Uid == uid && Secrets.Remove(name));

    public Task<SecretMetadata> PatchSecretAsync(string @namespace, string name, JsonObject mergePatch, CancellationToken token) =>
        steps.RunAsync("secret patch", () =>
        {
            var before = Secrets[name];
            var owners = mergePatch["metadata"]!.AsObject().ContainsKey("ownerReferences") ? [] : before.Metadata.OwnerUids;
            Secrets[name] = (before.Metadata with { ResourceVersion = Next(), OwnerUids = owners }, before.Data);
            return Secrets[name].Metadata;
        });

    /// <summary>The workloads, by kind and name.</summary>
    public Dictionary<(string Kind, string Name), Workload> Workloads { get; } = [];

    public Task<IReadOnlyList<Workload>> ListWorkloadsAsync(ApiResource type, string @namespace, CancellationToken token) =>
        steps.RunAsync<IReadOnlyList<Workload>>("workload list", () => [.. Workloads.Where(workload => workload.Key.Kind == type.Kind).Select(workload => workload.Value)]);

    public Task<Workload?> GetWorkloadAsync(ApiResource type, string @namespace, string name, CancellationToken token) =>
        steps.RunAsync("workload get", () => Workloads.GetValueOrDefault((type.Kind, name)));

    public Task RestartWorkloadAsync(ApiResource type, string @namespace, Workload workload, string checksum, CancellationToken token) =>
        steps.RunAsync("restart", () =>
        {
            Restarts.Add($"{type.Kind}/{workload.Name}");
            return Workloads[(type.Kind, workload.Name)] = workload with { Checksum = checksum };
        });

    /// <summary>What was restarted, in order.</summary>
    public List<string> Restarts { get; } = [];

    /// <summary>What the namespace's annotations say.</summary>
    public Dictionary<string, string> NamespaceAnnotations { get; } = [];

    public bool IsNamespaceGoing { get; set; }

    /// <summary>True while the definition of the kind is being deleted.</summary>
    public bool IsDefinitionGoing { get; set; }

    public Task<NamespaceMetadata?> GetNamespaceAsync(string name, CancellationToken token) => Task.FromResult<NamespaceMetadata?>(
        new(name, "ns-uid", "1", IsNamespaceGoing ? DateTimeOffset.UnixEpoch : null, NamespaceAnnotations.ToDictionary()));

    public bool IsDefinitionReadable { get; set; } = true;

    public Task<DefinitionState> GetDefinitionStateAsync(ApiResource type, CancellationToken token) => Task.FromResult(
        IsDefinitionGoing ? DefinitionState.Going : IsDefinitionReadable ? DefinitionState.InOrder : DefinitionState.Unreadable);

    public Task CreateEventAsync(string @namespace, Corev1Event @event, CancellationToken token) => steps.RunAsync("event", () =>
    {
        Events.Add((@event.Reason, @event.Message));
        return true;
    });

    public Task<string> GetVersionAsync(CancellationToken token) => Task.FromResult("v1.36.0");

    public Task<IReadOnlyList<ApiResource>> DiscoverAsync(IEnumerable<string> groups, CancellationToken token) => throw new NotSupportedException();

    public Task<HttpResponseMessage> OpenAsync(string pathAndQuery, CancellationToken token, string accept = "application/json") => throw new NotSupportedException();

    public Task<string?> GetSecretValueAsync(string @namespace, string name, string key, CancellationToken token) => throw new NotSupportedException();

    public Task<JsonObject> ReviewAsync(ApiResource review, JsonObject? spec, CancellationToken token) => throw new NotSupportedException();

    public Task<V1Lease?> GetLeaseAsync(string @namespace, string name, CancellationToken token) => throw new NotSupportedException();

    public Task<V1Lease> PutLeaseAsync(string @namespace, string name, V1Lease lease, CancellationToken token) => throw new NotSupportedException();

    public void Dispose()
    {
        // Nothing is held.
    }

    private AddonResource Find(string name) =>
        Resources.GetValueOrDefault(name) ?? throw new KubernetesApiException("gone", HttpStatusCode.NotFound, "NotFound");

    private AddonResource Keep(AddonResource resource)
    {
        Resources[resource.Name] = resource;
        if (resource.DeletionTimestamp is not null && resource.Finalizers.Count == 0)
        {
            Resources.Remove(resource.Name);
        }

        return resource;
    }

    private static void RequireUid(JsonObject metadata, AddonResource before)
    {
        if ((string?)metadata["uid"] is { } uid && uid != before.Uid)
        {
            throw new KubernetesApiException("x is invalid: metadata.uid: Invalid value: field is immutable", HttpStatusCode.UnprocessableEntity, "Invalid");
        }
    }

    private string Next() => (++_revision).ToString(CultureInfo.InvariantCulture);
}
