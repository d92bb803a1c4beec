using System.Text.Json.Nodes;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Kubernetes.Api;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Clusters;

public sealed class ClusterLeaseTests
{
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(1.5);

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(1000)]
    [InlineData(1500)]
    [InlineData(1900)]
    public async Task An_instance_that_dies_is_replaced_within_17_s_in_every_cluster_whenever_it_dies(int milliseconds)
    {
        await using var world = new LeaseWorld(clusters: 3);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == 3);
        // It comes between two looks of the other, and dies between two renewals.
        var second = world.Start("second");
        await world.PassAsync(TimeSpan.FromMilliseconds(200));
        first.Views.ToList().ForEach(view => Assert.True(view.Requests > 0));
        await world.PassAsync(TimeSpan.FromMilliseconds(milliseconds));

        first.Die();

        Assert.InRange(await world.UntilAsync(() => second.Serves == 3), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task A_released_Lease_is_taken_within_a_second_and_whoever_stopped_is_given_nothing_back()
    {
        await using var world = new LeaseWorld(clusters: 4);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == 4);
        var second = world.Start("second");
        await world.UntilAsync(() => first.Serves == 2 && second.Serves == 2);
        await world.PassAsync(TimeSpan.FromSeconds(20));

        var stopped = first.StopAsync();
        Assert.InRange(await world.UntilAsync(() => second.Serves == 4), TimeSpan.Zero, AMoment);
        await world.UntilAsync(() => stopped.IsCompleted);

        for (var seconds = 0; seconds < 20; seconds++)
        {
            await world.PassAsync(TimeSpan.FromSeconds(1));
            Assert.All(world.Servers, server => Assert.Equal("second", server.Holder));
        }
    }

    [Fact]
    public async Task A_release_is_not_lost_when_somebody_writes_to_the_Lease_at_the_same_moment()
    {
        await using var world = new LeaseWorld(clusters: 1);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == 1);
        first.Views[0].BeforeWrite = () => world.Servers[0].Lease!["metadata"]!["resourceVersion"] = "7";

        var stopped = first.StopAsync();
        await world.UntilAsync(() => stopped.IsCompleted);

        Assert.Null(world.Servers[0].Holder);
    }

    [Fact]
    public async Task A_holder_that_gets_no_answer_stops_before_anybody_else_may_begin()
    {
        await using var world = new LeaseWorld(clusters: 1);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == 1);
        var second = world.Start("second");
        await world.PassAsync(TimeSpan.FromSeconds(3));

        first.Views[0].Hangs = true;

        Assert.InRange(await world.UntilAsync(() => first.Serves == 0), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(10.5));
        Assert.Equal(0, second.Serves);
        await world.UntilAsync(() => second.Serves == 1);
    }

    [Fact]
    public async Task A_server_that_fails_for_a_while_costs_nobody_the_Lease()
    {
        await using var world = new LeaseWorld(clusters: 1);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == 1);
        first.Views[0].Failure = new KubernetesApiException("500", System.Net.HttpStatusCode.InternalServerError, "InternalError");
        await world.PassAsync(TimeSpan.FromSeconds(6));
        first.Views[0].Failure = null;

        await world.PassAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(1, first.Taken);
    }

    [Fact]
    public async Task A_server_that_fails_for_a_moment_does_not_make_a_waiting_instance_forget_how_long_the_holder_is_silent()
    {
        await using var world = new LeaseWorld(clusters: 1);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == 1);
        var second = world.Start("second");
        await world.PassAsync(TimeSpan.FromSeconds(3));
        first.Die();

        var elapsed = await world.UntilAsync(() => first.Serves == 0);
        second.Views[0].Failure = new KubernetesApiException("500", System.Net.HttpStatusCode.InternalServerError, "InternalError");
        await world.PassAsync(TimeSpan.FromSeconds(2));
        second.Views[0].Failure = null;

        Assert.InRange(elapsed + TimeSpan.FromSeconds(2) + await world.UntilAsync(() => second.Serves == 1), TimeSpan.Zero, TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task A_Lease_that_somebody_deletes_is_written_anew_by_its_holder()
    {
        await using var world = new LeaseWorld(clusters: 1);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == 1);

        world.Servers[0].Lease = null;
        await world.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("first", world.Servers[0].Holder);
        Assert.Equal(1, first.Taken);
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_is_told_instead_of_waited_for()
    {
        var time = new FakeTimeProvider();
        using var view = new LeaseServer().Connect();
        view.BeforeWrite = () => throw new KubernetesApiException("namespaces \"a\" not found", System.Net.HttpStatusCode.NotFound, "NotFound");
        var lease = new ClusterLease(view, "a", new OperatorInstance("first", time), null, null, time, NullLogger<ClusterLease>.Instance);

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => lease.AcquireAsync(() => { }, TestContext.Current.CancellationToken));

        Assert.Contains("namespaces \"a\" not found", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"spec":{"holderIdentity":"nobody-that-runs","renewTime":"2099-01-01T00:00:00.000000Z"}}""", 15)]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"spec":{"holderIdentity":"nobody-that-runs","renewTime":null}}""", 15)]
    [InlineData("""{"metadata":{"resourceVersion":"1","annotations":{"api.clever-cloud.com/next":"nobody-that-runs"}},"spec":{"holderIdentity":""}}""", 5)]
    [InlineData("""{"metadata":{"resourceVersion":"1","annotations":{"api.clever-cloud.com/instances":"{\"x\":{\"serves\":-5}}"}},"spec":{"leaseTransitions":-7}}""", 0)]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"spec":null}""", 0)]
    public async Task A_Lease_held_by_garbage_is_taken_when_its_time_is_over_by_our_own_clock(string lease, int seconds)
    {
        await using var world = new LeaseWorld(clusters: 1);
        world.Servers[0].Lease = JsonNode.Parse(lease)!.AsObject();

        var first = world.Start("first");

        Assert.InRange(await world.UntilAsync(() => first.Serves == 1), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds) + AMoment);
        await world.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, first.Taken);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task Clocks_that_differ_by_an_hour_change_nothing(int minutes)
    {
        await using var world = new LeaseWorld(clusters: 2);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == 2);
        var second = world.Start("second", TimeSpan.FromMinutes(minutes));

        // They share as ever …
        await world.UntilAsync(() => first.Serves == 1 && second.Serves == 1);
        await world.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(3, world.Moves);

        // … and neither takes the other for dead, or for alive.
        first.Die();
        Assert.InRange(await world.UntilAsync(() => second.Serves == 2), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task A_cluster_that_is_given_away_is_held_until_the_last_write()
    {
        await using var world = new LeaseWorld(clusters: 2);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == 2);
        var drained = new TaskCompletionSource();
        first.Drain = drained.Task;
        var second = world.Start("second");

        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.All(world.Servers, server => Assert.Equal("first", server.Holder));
        drained.SetResult();

        Assert.InRange(await world.UntilAsync(() => second.Serves == 1), TimeSpan.Zero, AMoment);
    }

    [Theory]
    [InlineData(50, 1, 25)]
    [InlineData(60, 2, 40)]
    public async Task Clusters_are_shared_evenly_within_two_minutes_and_no_more_move_than_must(int clusters, int newcomers, int moves)
    {
        await using var world = new LeaseWorld(clusters);
        var first = world.Start("first");
        await world.UntilAsync(() => first.Serves == clusters);
        var others = Enumerable.Range(0, newcomers).Select(number => world.Start($"other-{number}")).ToList();

        var share = clusters / (newcomers + 1);
        Assert.InRange(await world.UntilAsync(() => others.TrueForAll(other => other.Serves == share)), TimeSpan.Zero, TimeSpan.FromMinutes(2));
        await world.PassAsync(TimeSpan.FromSeconds(40));

        Assert.Equal(clusters + moves, world.Moves);
        Assert.Equal(share, first.Serves);
    }
}
