using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Clusters;

public sealed class LeaseRecordTests
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(8);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static V1Lease Model(string json) => JsonAnswer.Parse(new ApiRequest(HttpMethod.Get, "lease"), Encoding.UTF8.GetBytes(json), KubernetesModels.Default.V1Lease);

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var record = new LeaseRecord(
            "one", "two", Noon, Noon.AddMinutes(-5), 3, new Dictionary<string, LeaseInstance> { ["one"] = new(Noon, 4) { Nonce = "n" }, ["two"] = new(Noon.AddSeconds(-3), 2) })
        {
            Cluster = "fleet.paris",
            Original = "lyon",
        };

        var read = LeaseRecord.Read(record.Write("default", null, TimeSpan.FromSeconds(15)));

        Assert.Equal(record with { Instances = read.Instances }, read);
        Assert.Equal(record.Instances, read.Instances);
    }

    [Fact]
    public void A_write_carries_the_revision_it_is_based_on()
    {
        var existing = new V1Lease { Metadata = new() { ResourceVersion = "42" } };

        var written = LeaseRecord.Empty.Write("default", existing, TimeSpan.FromSeconds(15));

        Assert.Equal("42", written.Metadata.ResourceVersion);
        Assert.Equal(15, written.Spec.LeaseDurationSeconds);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"spec":null,"metadata":{"annotations":null}}""")]
    [InlineData("""{"spec":{},"metadata":{}}""")]
    [InlineData("""{"metadata":{"annotations":{"api.clever-cloud.com/instances":"{broken"}}}""")]
    [InlineData("""{"metadata":{"annotations":{"api.clever-cloud.com/instances":"{\"a\":1,\"a\":{}}"}}}""")]
    [InlineData("""{"metadata":{"annotations":{"api.clever-cloud.com/instances":"[]"}}}""")]
    public void A_Lease_somebody_spoiled_counts_as_nobodys(string lease) =>
        Assert.Equal("", LeaseRecord.Read(Model(lease)).Holder);

    [Theory]
    [InlineData("""{"spec":"text"}""")]
    [InlineData("""{"spec":{"holderIdentity":7}}""")]
    [InlineData("""{"spec":{"renewTime":"never"}}""")]
    [InlineData("""{"spec":{"holderIdentity":"a","holderIdentity":"b"}}""")]
    public void What_no_API_server_stores_as_a_Lease_is_a_failure(string lease) =>
        Assert.Equal("Malformed", Assert.Throws<KubernetesApiException>(() => Model(lease)).Reason);

    [Fact]
    public void A_Lease_is_written_with_the_times_an_API_server_takes_and_without_what_is_not_said()
    {
        var lease = (LeaseRecord.Empty with { Renewed = Noon, Acquired = Noon.AddTicks(12_345_670) }).Write("default", null, TimeSpan.FromSeconds(15));

        var written = JsonSerializer.SerializeToNode(lease, KubernetesModels.Default.V1Lease)!;

        Assert.Equal("2026-01-01T12:00:00.000000Z", (string?)written["spec"]!["renewTime"]);
        Assert.Equal("2026-01-01T12:00:01.234567Z", (string?)written["spec"]!["acquireTime"]);
        Assert.Equal(["annotations", "name", "namespace"], written["metadata"]!.AsObject().Select(pair => pair.Key).Order());
        Assert.Equal(["acquireTime", "holderIdentity", "leaseDurationSeconds", "leaseTransitions", "renewTime"], written["spec"]!.AsObject().Select(pair => pair.Key).Order());
    }

    [Fact]
    public void No_more_instances_are_read_than_anybody_runs()
    {
        var many = new JsonObject(Enumerable.Range(0, 5000).Select(i => KeyValuePair.Create($"i{i}", (JsonNode?)new JsonObject())));
        var lease = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["api.clever-cloud.com/instances"] = many.ToJsonString() } } };

        Assert.Equal(64, LeaseRecord.Read(Model(lease.ToJsonString())).Instances.Count);
    }

    [Fact]
    public void A_cluster_is_given_away_only_to_an_instance_with_two_fewer_and_one_at_a_time()
    {
        var time = new FakeTimeProvider();
        var instance = new OperatorInstance("one", time);
        instance.Acquired();
        instance.Acquired();
        instance.Acquired();

        time.Advance(Settled);
        Assert.Null(instance.Successor([Alive("two", 2)]));
        Assert.Null(instance.Successor([]));
        Assert.Equal("two", instance.Successor([Alive("two", 1), Alive("three", 3)]));
        Assert.Null(instance.Successor([Alive("two", 0)]));

        // As long as it is not gone the cluster is not served by us to be given once more.
        time.Advance(Settled);
        Assert.Null(instance.Successor([Alive("two", 1)]));
        instance.Released(isHandover: true);
        Assert.Null(instance.Successor([Alive("two", 0)]));
        time.Advance(Settled);
        Assert.Equal("two", instance.Successor([Alive("two", 0)]));

        ObservedInstance Alive(string id, int serves) => new(id, new LeaseInstance(Noon, serves), time.GetTimestamp(), HasChanged: true);
    }

    [Fact]
    public void An_instance_that_was_seen_to_end_gets_nothing_until_it_is_heard_of_again()
    {
        var time = new FakeTimeProvider();
        var instance = new OperatorInstance("one", time);
        instance.Acquired();
        instance.Acquired();
        var before = new ObservedInstance("two", new LeaseInstance(Noon, 0), time.GetTimestamp(), HasChanged: true);
        time.Advance(Settled);
        before = before with { At = time.GetTimestamp() };
        Assert.Null(instance.Successor([before with { HasChanged = false }]));

        instance.SawEnd("two");

        Assert.Null(instance.Successor([before]));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(instance.Successor([before with { At = time.GetTimestamp() }]));
        time.Advance(Settled);
        Assert.Equal("two", instance.Successor([before with { At = time.GetTimestamp() }]));
    }
}
