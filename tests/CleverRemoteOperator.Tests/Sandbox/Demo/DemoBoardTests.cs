using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Sandbox.Demo;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Sandbox.Demo;

public sealed class DemoBoardTests
{
    private static readonly ApiResource Kvs = new("api.clever-cloud.com", "v1", "kvs", "KV");

    private readonly FakeTimeProvider _time = new();
    private readonly DemoBoard _board;

    public DemoBoardTests() => _board = new(["paris", "montreal"], _time);

    [Fact]
    public void The_time_runs_from_applying_to_Ready_and_stays()
    {
        Expect("paris", "one");
        Pass(1);
        Show("paris", Resource("one"));
        Assert.Equal(DemoState.Waiting, Only().State);
        Pass(2);
        Show("paris", Resource("one", "True"));
        Pass(4);
        Show("paris", Resource("one", "True", reason: "Again"));

        Assert.Equal((DemoState.Ready, TimeSpan.FromSeconds(3)), (Only().State, Only().Took!.Value));
    }

    [Fact]
    public void A_change_of_the_spec_and_a_deletion_start_a_new_time()
    {
        Show("paris", Resource("one", "True"));
        Pass(10);
        Show("paris", Resource("one", "True", generation: 2, observed: 1));
        Assert.Equal(DemoState.Waiting, Only().State);
        Pass(1);
        Show("paris", Resource("one", "True", generation: 2));
        Assert.Equal(TimeSpan.FromSeconds(1), Only().Took);
        Pass(10);
        Show("paris", Resource("one", "True", generation: 3) with { DeletionTimestamp = _time.GetUtcNow() });
        Assert.Equal(DemoState.Deleting, Only().State);
        Pass(2);
        Show("paris", Resource("one", "True", generation: 3), WatchEventType.Deleted);

        Assert.Equal((DemoState.Gone, TimeSpan.FromSeconds(2)), (Only().State, Only().Took!.Value));
    }

    [Fact]
    public void All_is_Ready_when_the_last_expected_one_is_and_one_that_was_not_expected_does_not_count()
    {
        Expect("paris", "one");
        Expect("montreal", "two");
        _board.AwaitExpected();
        Show("paris", Resource("one", "True"));
        Show("paris", Resource("somebody-elses", "False"));
        Assert.False(_board.AllReady.IsCompleted);
        Show("montreal", Resource("two", "True"));

        Assert.True(_board.AllReady.IsCompleted);
    }

    [Fact]
    public void A_row_that_fails_says_why()
    {
        Show("paris", Resource("one", "False", reason: "PlanNotAvailable"));

        Assert.Equal((DemoState.Failed, "PlanNotAvailable", "why", true), (Only().State, Only().Reason, Only().Message, Only().NeedsAttention));
    }

    [Fact]
    public void Clusters_are_shown_in_their_own_order_and_only_changes_are_told()
    {
        Show("montreal", Resource("one"));
        Show("paris", Resource("two"));
        Show("paris", Resource("two"));

        Assert.Equal(["paris", "montreal"], _board.Rows.Select(row => row.Key.Cluster));
        Assert.False(_board.Changes.TryRead(out _));
        Show("paris", Resource("two", "True"));
        Assert.True(_board.Changes.TryRead(out var change));
        Assert.Equal("two", change.Key.Name);
    }

    private DemoRow Only() => Assert.Single(_board.Rows);

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private void Expect(string cluster, string name) => _board.Expect(new(cluster, "default", Kvs, name));

    private void Show(string cluster, AddonResource resource, WatchEventType type = WatchEventType.Applied) =>
        _board.Take(cluster, Kvs, new WatchEvent<AddonResource>(type, resource));

    private static AddonResource Resource(string name, string? ready = null, string reason = "Available", long generation = 1, long? observed = null) => new()
    {
        ApiVersion = Kvs.ApiVersion,
        Kind = Kvs.Kind,
        Namespace = "default",
        Name = name,
        Uid = "uid-" + name,
        ResourceVersion = "1",
        Generation = generation,
        Status = ready is null ? default : JsonPart.Of(new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Ready",
                ["status"] = ready,
                ["reason"] = reason,
                ["message"] = "why",
                ["observedGeneration"] = observed ?? generation,
            }),
        }),
    };
}
