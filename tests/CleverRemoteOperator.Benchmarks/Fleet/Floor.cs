using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Observing;
using KubernetesModels = CleverRemoteOperator.Kubernetes.Objects.KubernetesModels;
using ObjectReading = CleverRemoteOperator.Kubernetes.Objects.ObjectReading;

namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary>
/// What a resource takes with nothing around it: the requests that the operator makes from a resource to its Secret, bare, one after
/// the other. No operator on these servers and this machine can be sooner; while it serves, none may run.
/// </summary>
internal sealed class Floor : IDisposable
{
    private const string Manager = "?fieldManager=clever-remote-operator";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Cluster, string Namespace, string Name), TaskCompletionSource<SeenObject>> _resources = new();
    private readonly ConcurrentDictionary<(string Cluster, string Namespace, string Name), TaskCompletionSource<long>> _secrets = new();
    private readonly FleetDriver _driver;
    private readonly CleverClient _clever;
    private readonly AddonKind _kind;
    private readonly TimeProvider _time;

    public Floor(FleetDriver driver, CleverClient clever, AddonKind kind, TimeProvider time)
    {
        (_driver, _clever, _kind, _time) = (driver, clever, kind, time);
        _driver.ResourceSeen += SeeResource;
        _driver.SecretSeen += SeeSecret;
    }

    /// <summary>Creates the resources at a steady rate and serves them.</summary>
    /// <exception cref="HttpRequestException">A request was refused.</exception>
    /// <exception cref="TimeoutException">A resource or a Secret was not seen.</exception>
    public Task ServeAsync(Batch batch, double perSecond) => Schedule.RunAsync(batch.Creations, perSecond, ServeAsync, _time);

    public void Dispose()
    {
        _driver.ResourceSeen -= SeeResource;
        _driver.SecretSeen -= SeeSecret;
    }

    private async Task ServeAsync(Creation creation)
    {
        var (client, shape) = (_driver.ClientOf(creation.Cluster), _driver.Shape);
        var secretName = shape.SecretOf(creation.Name);
        var resourceSeen = Await(_resources, (creation.Cluster, creation.Namespace, creation.Name));
        var secretSeen = Await(_secrets, (creation.Cluster, creation.Namespace, secretName));
        var creating = _driver.CreateAsync(creation);
        // As the operator, this goes by the watch and does not wait for the answer; but it may be a refusal.
        await await Task.WhenAny(creating, resourceSeen);
        var seen = await resourceSeen;

        var marked = await client.MergeAsync($"{shape.CollectionIn(creation.Namespace)}/{creation.Name}{Manager}", Bytes(Mark(seen)));
        var resource = ObjectReading.Addons(shape.Type, _time).Read(marked);
        var addon = await _clever.CreateAsync(AddonName.Bare(_kind.NameInAddons, resource.Uid));
        var secret = ConnectionSecret.Render(resource, secretName, await _clever.EnvironmentAsync(addon), existing: null, onlyNew: true);
        await client.ApplyAsync($"/api/v1/namespaces/{creation.Namespace}/secrets/{secretName}{Manager}&force=true", JsonSerializer.SerializeToUtf8Bytes(secret, KubernetesModels.Default.V1Secret), ObjectReading.Secrets.Accept);
        creation.SecretSeen(await secretSeen);
        await creating;
    }

    private JsonObject Mark(SeenObject seen) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["resourceVersion"] = seen.Version,
            ["finalizers"] = new JsonArray(_kind.Finalizer),
            ["annotations"] = new JsonObject
            {
                [CreationMark.Annotation] = new CreationMark(
                    Guid.CreateVersion7().ToString("N"), seen.Uid, _time.GetUtcNow(), CleverClient.Organisation, "operator", CleverClient.AccountId).ToString(),
            },
        },
    };

    private void SeeResource(string cluster, SeenObject seen, long at)
    {
        if (seen.Type == "ADDED" && _resources.TryRemove((cluster, seen.Namespace, seen.Name), out var waiting))
        {
            waiting.SetResult(seen);
        }
    }

    private void SeeSecret(string cluster, SeenObject seen, long at)
    {
        if (seen.Type == "ADDED" && _secrets.TryRemove((cluster, seen.Namespace, seen.Name), out var waiting))
        {
            waiting.SetResult(at);
        }
    }

    private static byte[] Bytes(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body);

    private static Task<T> Await<TKey, T>(ConcurrentDictionary<TKey, TaskCompletionSource<T>> pending, TKey key)
        where TKey : notnull
    {
        var seen = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[key] = seen;
        return seen.Task.WaitAsync(Patience);
    }
}
