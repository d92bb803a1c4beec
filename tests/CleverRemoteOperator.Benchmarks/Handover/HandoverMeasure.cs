using System.Text.Json;
using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Benchmarks.Handover;

/// <summary>One operator serves, a second one comes, the first ends: how long is a cluster without service?</summary>
internal sealed class HandoverMeasure(TestBed bed, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(200);
    private const int Rounds = 15;
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(8);

    private readonly List<OperatorSlot> _slots = [];
    private int _resources;

    /// <summary>Add-ons that are not exactly one a resource.</summary>
    public int Damage => Math.Abs(bed.Clever.Addons.All.Count - _resources) + bed.Clever.Addons.All.GroupBy(addon => addon.Name).Count(same => same.Count() > 1);

    /// <summary>What each operator wrote.</summary>
    public IEnumerable<(string Process, string Output)> Outputs => _slots.SelectMany(slot => slot.Outputs);

    /// <summary>The longest that a new resource waited for its Secret, of those created in every cluster from the end of the first operator on.</summary>
    /// <param name="end">How the first operator ends.</param>
    public async Task<TimeSpan> RunAsync(Func<OperatorSlot, Task> end)
    {
        var first = _slots.LastOrDefault() ?? Start();
        await ServeAsync();
        Start();
        await Task.WhenAll(bed.Clusters.Select(WaitForSecondAsync));

        var waits = new List<Task<TimeSpan>>();
        var ending = end(first);
        for (var round = 0; round < Rounds; round++)
        {
            waits.Add(ServeAsync());
            await Task.Delay(BetweenRounds, time);
        }

        await ending;
        return (await Task.WhenAll(waits)).Max();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var slot in _slots)
        {
            await slot.DisposeAsync();
        }
    }

    private OperatorSlot Start()
    {
        _slots.Add(new OperatorSlot($"operator-{_slots.Count + 1}", bed));
        _slots[^1].Start();
        return _slots[^1];
    }

    /// <summary>Creates a resource in every cluster and waits for all their Secrets; gives how long that took.</summary>
    private async Task<TimeSpan> ServeAsync()
    {
        _resources += bed.Clusters.Count;
        var (name, start) = ($"redis-{_resources}", time.GetTimestamp());
        await Task.WhenAll(bed.Clusters.Select(async cluster =>
        {
            await cluster.Api.ApplyAsync($"{{apiVersion: api.clever-cloud.com/v1, kind: Redis, metadata: {{name: {name}}}, spec: {{plan: s, region: par}}}}", "default");
            await cluster.Api.UntilAsync($"/api/v1/namespaces/default/secrets/{name}", secret => secret is not null, Patience);
        }));
        return time.GetElapsedTime(start);
    }

    // Whoever serves a cluster, or waits for it, shows itself in its Lease every few seconds.
    private Task WaitForSecondAsync(BedCluster cluster) => cluster.Api.UntilAsync(
        $"/apis/coordination.k8s.io/v1/namespaces/default/leases/{LeaseRecord.Name}",
        lease => lease is not null && LeaseRecord.Read(lease.Deserialize(KubernetesModels.Default.V1Lease)!).Instances.Values.Count(instance => time.GetUtcNow() - instance.Seen < ShownWithin) >= 2,
        Patience);
}
