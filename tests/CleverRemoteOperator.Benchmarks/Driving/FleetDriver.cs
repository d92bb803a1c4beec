using System.Collections.Concurrent;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.IntegrationTests.Servers;
using ObjectReading = CleverRemoteOperator.Kubernetes.Objects.ObjectReading;

namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>Creates resources in all clusters and sees by watches of its own what becomes of them.</summary>
internal sealed class FleetDriver : IAsyncDisposable
{
    private const int WritesAtOnce = 8;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<(string Cluster, string Namespace, string Name), Creation> _byResource = new();
    private readonly ConcurrentDictionary<(string Cluster, string Namespace, string Name), Creation> _bySecret = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, ClusterClient> _clients;
    private readonly IReadOnlyList<ObjectWatch> _watches;
    private readonly TimeProvider _time;
    private IReadOnlyList<Task> _watching = [];

    private FleetDriver(IReadOnlyList<TestCluster> clusters, ResourceShape shape, TimeProvider time)
    {
        (_clients, Shape, _time) = (clusters.ToDictionary(cluster => cluster.Name, cluster => new ClusterClient(cluster)), shape, time);
        _watches = [.. _clients.SelectMany(pair => new[]
        {
            pair.Value.Watch("/api/v1/secrets", ObjectReading.Secrets, (seen, at) => SeeSecret(pair.Key, seen, at), time),
            pair.Value.Watch(shape.Collection, ObjectReading.Addons(shape.Type, time), (seen, at) => SeeResource(pair.Key, seen, at), time),
        })];
    }

    /// <summary>Hears of each change of a resource, with its cluster and when it was seen.</summary>
    public event Action<string, SeenObject, long>? ResourceSeen;

    /// <summary>The same of Secrets.</summary>
    public event Action<string, SeenObject, long>? SecretSeen;

    /// <summary>What the resources look like that are created.</summary>
    public ResourceShape Shape { get; }

    /// <summary>How often a server ended a watch of the driver's own: what was to be seen then was seen late.</summary>
    public int Resumes => _watches.Sum(watch => watch.Resumes);

    /// <summary>Waits until the clusters can be watched, and opens the watches.</summary>
    public static async Task<FleetDriver> StartAsync(IReadOnlyList<TestCluster> clusters, LoadOptions options, TimeProvider time)
    {
        var driver = new FleetDriver(clusters, ResourceShape.Of(options.Created), time);
        await driver.UntilWatchableAsync(options.WatchedKinds);
        driver._watching = await Task.WhenAll(driver._watches.Select(watch => watch.OpenAsync(driver._stop.Token)));
        return driver;
    }

    /// <summary>Creates all of them, as fast as the clusters take them.</summary>
    public async Task BurstAsync(Batch batch)
    {
        Expect(batch);
        await Parallel.ForEachAsync(batch.Creations, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(64, WritesAtOnce * _clients.Count) }, async (creation, _) => await CreateAsync(creation));
    }

    /// <summary>Creates one after the other at a steady rate.</summary>
    public Task TrickleAsync(Batch batch, double perSecond)
    {
        Expect(batch);
        return Schedule.RunAsync(batch.Creations, perSecond, CreateAsync, _time);
    }

    /// <summary>Waits until all of them are Ready.</summary>
    /// <exception cref="TimeoutException">Not in time; the message says how many were.</exception>
    /// <exception cref="InvalidOperationException">A watch ended meanwhile and could not go on.</exception>
    public async Task AllReadyAsync(Batch batch, TimeSpan patience)
    {
        try
        {
            await await Task.WhenAny([batch.AllReadyAsync(patience), .. _watching]);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{batch.Ready} of {batch.Creations.Count} resources are Ready after {patience.TotalSeconds:0} s.");
        }
    }

    /// <summary>Creates one of those that are expected.</summary>
    public Task CreateAsync(Creation creation)
    {
        var body = Shape.Body(creation.Name);
        creation.SentAt = _time.GetTimestamp();
        return _clients[creation.Cluster].CreateAsync(Shape.CollectionIn(creation.Namespace), body);
    }

    public ClusterClient ClientOf(string cluster) => _clients[cluster];

    /// <summary>Changes a resource's spec; a different number is a different change.</summary>
    public Task EditAsync(string cluster, string @namespace, string name, int number) =>
        _clients[cluster].MergeAsync($"{Shape.CollectionIn(@namespace)}/{name}", Shape.Edit(number));

    public Task DeleteAsync(string cluster, string @namespace, string name) => _clients[cluster].DeleteAsync($"{Shape.CollectionIn(@namespace)}/{name}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        _stop.Dispose();
    }

    /// <summary>Looks out for these from now on.</summary>
    public void Expect(Batch batch)
    {
        foreach (var creation in batch.Creations)
        {
            _byResource[(creation.Cluster, creation.Namespace, creation.Name)] = creation;
            _bySecret[(creation.Cluster, creation.Namespace, Shape.SecretOf(creation.Name))] = creation;
        }
    }

    private async Task UntilWatchableAsync(IEnumerable<AddonKind> kinds)
    {
        var collections = kinds.SelectMany(kind => kind.Groups, (kind, group) => $"/apis/{group}/{kind.Versions[0]}/{kind.Plural}").ToList();
        foreach (var client in _clients.Values)
        {
            await Task.WhenAll(collections.Select(async collection =>
            {
                while (!await client.IsWatchableAsync(collection))
                {
                    await Task.Delay(BetweenLooks, _time);
                }
            }));
        }
    }

    private void SeeSecret(string cluster, SeenObject seen, long at)
    {
        SecretSeen?.Invoke(cluster, seen, at);
        if (seen.Type == "ADDED" && _bySecret.TryGetValue((cluster, seen.Namespace, seen.Name), out var creation))
        {
            creation.SecretSeen(at);
        }
    }

    private void SeeResource(string cluster, SeenObject seen, long at)
    {
        ResourceSeen?.Invoke(cluster, seen, at);
        if (seen.IsReady && _byResource.TryGetValue((cluster, seen.Namespace, seen.Name), out var creation))
        {
            creation.ReadySeen(at);
        }
    }
}
