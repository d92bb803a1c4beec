using System.Text.Json.Nodes;
using CleverRemoteOperator.Clusters;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Clusters;

public sealed class LeaseRecordTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var record = new LeaseRecord(
            "one", "two", Noon, Noon.AddMinutes(-5), 3, new Dictionary<string, LeaseInstance> { ["one"] = new(Noon, 4), ["two"] = new(Noon.AddSeconds(-3), 2) });

        var read = LeaseRecord.Read(record.Write("default", null, TimeSpan.FromSeconds(15)));

        Assert.Equal(record with { Instances = read.Instances }, read);
        Assert.Equal(record.Instances, read.Instances);
    }

    [Fact]
    public void A_write_carries_the_revision_it_is_based_on()
    {
        var existing = JsonNode.Parse("""{"metadata":{"resourceVersion":"42"}}""")!.AsObject();

        var written = LeaseRecord.Empty.Write("default", existing, TimeSpan.FromSeconds(15));

        Assert.Equal("42", (string?)written["metadata"]!["resourceVersion"]);
        Assert.Equal(15, (int?)written["spec"]!["leaseDurationSeconds"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"spec":"text","metadata":{"annotations":[]}}""")]
    [InlineData("""{"spec":{"holderIdentity":7,"renewTime":"never","leaseTransitions":"many"}}""")]
    [InlineData("""{"metadata":{"annotations":{"api.clever-cloud.com/instances":"{broken"}}}""")]
    [InlineData("""{"metadata":{"annotations":{"api.clever-cloud.com/instances":"{\"a\":1,\"a\":{}}"}}}""")]
    [InlineData("""{"metadata":{"annotations":{"api.clever-cloud.com/instances":"[]"}}}""")]
    public void A_Lease_somebody_spoiled_counts_as_nobodys(string lease) =>
        Assert.Equal("", LeaseRecord.Read(JsonNode.Parse(lease)!.AsObject()).Holder);

    [Fact]
    public void No_more_instances_are_read_than_anybody_runs()
    {
        var many = new JsonObject(Enumerable.Range(0, 5000).Select(i => KeyValuePair.Create($"i{i}", (JsonNode?)new JsonObject())));
        var lease = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["api.clever-cloud.com/instances"] = many.ToJsonString() } } };

        Assert.Equal(64, LeaseRecord.Read(lease).Instances.Count);
    }

    [Fact]
    public void A_cluster_is_given_away_only_to_an_instance_with_two_fewer_and_one_at_a_time()
    {
        var time = new FakeTimeProvider();
        var instance = new OperatorInstance("one", time);
        instance.Took();
        instance.Took();
        instance.Took();

        Assert.False(instance.ShouldGiveTo(2));
        Assert.True(instance.ShouldGiveTo(1));
        Assert.False(instance.ShouldGiveTo(0));
        time.Advance(TimeSpan.FromSeconds(7));
        Assert.True(instance.ShouldGiveTo(0));
    }
}
