using System.Net;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Observability;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>No cluster keeps another from being served by what it says of itself, whichever of the two is configured first.</summary>
public sealed class LyingClusterTests
{
    private const string Victims = "00000000-0000-4000-8000-00000000000f";
    private static readonly KubernetesApiException Refused = new("403 Forbidden", HttpStatusCode.Forbidden, "Forbidden");

    [Theory]
    [InlineData("its kube-system", true)]
    [InlineData("its kube-system and no Lease", true)]
    [InlineData("its kube-system and a Lease that forgets", true)]
    [InlineData("its Lease", true)]
    [InlineData("its address", true)]
    [InlineData("its kube-system", false)]
    [InlineData("its kube-system and no Lease", false)]
    [InlineData("its kube-system and a Lease that forgets", false)]
    [InlineData("its Lease", false)]
    [InlineData("its address", false)]
    public async Task A_cluster_that_poses_as_another_by(string lie, bool isFirst)
    {
        await using var world = new ClustersWorld(withLease: true);
        var victim = ClustersWorld.Define("victim", await world.StartServerAsync());
        var liar = ClustersWorld.Define("liar", await world.StartServerAsync());
        world.Lies["victim"] = new Lies { KubeSystem = lie == "its Lease" ? null : Victims, Lease = Victims, Identity = "https://victim 00" };
        world.Lies["liar"] = lie switch
        {
            "its kube-system" => new Lies { KubeSystem = Victims },
            "its kube-system and no Lease" => new Lies { KubeSystem = Victims, LeaseFailure = Refused },
            "its kube-system and a Lease that forgets" => new Lies { KubeSystem = Victims, DropsWrites = true },
            "its Lease" => new Lies { Lease = Victims },
            _ => new Lies { Identity = "https://victim 00" },
        };

        world.Serve(isFirst ? [liar, victim] : [victim, liar]);

        await world.UntilAsync(() => world.Of("victim")?.State is ClusterState.Synced or ClusterState.Clone);
        await world.UntilAsync(() => world.Of("liar")?.State is not ClusterState.Connecting and not null);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Contains(world.Of("victim")!.State, isFirst ? [ClusterState.Synced, ClusterState.Clone] : new[] { ClusterState.Synced });
        Assert.True(world.Log.Count(line => line.Contains("victim: connected", StringComparison.Ordinal)) == 1, string.Join('\n', world.Log));
        Assert.DoesNotContain(world.Log, line => line.Contains("victim: stopp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kube-system says the address")]
    [InlineData("kube-system says the uid of the Lease")]
    [InlineData("the Lease says the uid of kube-system")]
    public async Task Identities_of_different_sorts_never_meet(string lie)
    {
        await using var world = new ClustersWorld(withLease: true);
        var victim = ClustersWorld.Define("victim", await world.StartServerAsync());
        world.Lies["victim"] = new Lies { KubeSystem = Victims, Lease = "00000000-0000-4000-8000-00000000000e", Identity = "https://victim 00" };
        world.Lies["liar"] = lie switch
        {
            "kube-system says the address" => new Lies { KubeSystem = "https://victim 00" },
            "kube-system says the uid of the Lease" => new Lies { KubeSystem = world.Lies["victim"].Lease },
            _ => new Lies { Lease = Victims },
        };

        world.Serve(ClustersWorld.Define("liar", await world.StartServerAsync()), victim);

        await world.UntilAsync("victim", ClusterState.Synced);
        await world.UntilAsync("liar", ClusterState.Synced);
    }

    [Fact]
    public async Task A_running_cluster_is_not_disturbed_by_one_that_comes_before_it_and_poses_as_it()
    {
        await using var world = new ClustersWorld(withLease: true);
        var victim = ClustersWorld.Define("victim", await world.StartServerAsync());
        var liar = ClustersWorld.Define("liar", await world.StartServerAsync());
        world.Lies["victim"] = new Lies { KubeSystem = Victims };
        world.Lies["liar"] = new Lies { KubeSystem = Victims };
        world.Serve(victim);
        await world.UntilAsync("victim", ClusterState.Synced);

        foreach (var lie in new[] { new Lies { KubeSystem = Victims, LeaseFailure = Refused }, new Lies { KubeSystem = Victims, DropsWrites = true }, new Lies { KubeSystem = Victims } })
        {
            world.Lies["liar"] = lie;
            world.Serve(liar, victim);
            await world.PassAsync(TimeSpan.FromSeconds(30));
            world.Serve(victim);
            await world.UntilAsync(() => world.Of("liar") is null);
        }

        await world.UntilAsync("victim", ClusterState.Synced);
        Assert.True(world.Log.Count(line => line.Contains("victim: connected", StringComparison.Ordinal)) == 1, string.Join('\n', world.Log));
    }
}
