using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Commands.Status;
using CleverRemoteOperator.Tests.Commands.Fleet;

namespace CleverRemoteOperator.Tests.Commands.Status;

/// <summary>What <c>status</c> shows of a fleet.</summary>
public sealed class StatusViewTests
{
    private const string Message = "it has no plan \"huge\"; available: dev, xs_sml";

    private readonly FakeFleet _fleet = new();

    [Fact]
    public async Task Problems_come_first_with_reason_message_and_age_and_sums_last()
    {
        WithTrouble();

        Assert.Equal(
            """
            lyon  not seen
              NoConnection: GET /apis/api.clever-cloud.com: no connection: Connection
              refused

            paris  1 of 3 Ready
              NAMESPACE  KIND        NAME   STATE     REASON            FOR    AGE
              shop       PostgreSQL  db     NotReady  PlanNotAvailable  5m12s  5m12s
                it has no plan "huge"; available: dev, xs_sml
              blog       Redis       queue  NotReady  Migrating         45s    45s
                step 2
              blog       Redis       cache  Ready     Available         3d     3d

            montreal  1 of 1 Ready
              shop       Redis       cache  Ready     Available         3d     3d

            No room for ADD-ON: widen the terminal, or use --output json.

            lyon      not seen      NoConnection
            paris     1 of 3 Ready  1 Migrating, 1 PlanNotAvailable
            montreal  1 of 1 Ready
            3 clusters, 1 not seen; 4 resources: 2 Ready, 2 NotReady

            """,
            await WrittenAsync(new Terminal(80, HasColours: false)));
    }

    [Theory]
    [InlineData(40, "    PlanNotAvailable for 5m12s: it has\n    no plan \"huge\"; available: dev,\n    xs_sml\n")]
    [InlineData(60, "PlanNotAvailable\n    for 5m12s: it has no plan \"huge\"; available: dev, xs_sml\n")]
    public async Task A_narrow_terminal_loses_columns_and_no_word(int width, string expected)
    {
        WithTrouble();

        var text = await WrittenAsync(new Terminal(width, HasColours: false));

        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public async Task In_a_pipe_each_resource_and_each_cluster_that_is_not_seen_is_a_line()
    {
        WithTrouble();

        var lines = (await WrittenAsync(Terminal.Pipe, withReady: false)).Split('\n');

        Assert.Equal(
            [
                "CLUSTER  NAMESPACE  KIND        NAME   STATE     REASON            FOR    AGE    ADD-ON  MESSAGE",
                "lyon     -          -           -      NotSeen   NoConnection      -      -      -       GET /apis/api.clever-cloud.com: no connection: Connection refused",
                "paris    shop       PostgreSQL  db     NotReady  PlanNotAvailable  5m12s  5m12s  -       " + Message,
                "paris    blog       Redis       queue  NotReady  Migrating         45s    45s    -       step 2",
            ],
            lines[..4]);
    }

    [Fact]
    public async Task Colours_are_for_terminals_and_what_a_cluster_says_moves_no_cursor()
    {
        _fleet.Add("paris").With(FakeFleet.Resource("Redis", "shop", "db", "Wrong\u001b[2J", TimeSpan.FromHours(1), "\u001b[31mred\u0007\nnext", isStalled: true));

        Assert.Contains("\e[", await WrittenAsync(new Terminal(80, HasColours: true)), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', await WrittenAsync(new Terminal(80, HasColours: false)));
        Assert.Contains("[31mred next", await WrittenAsync(Terminal.Pipe), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_every_field_that_is_known()
    {
        WithTrouble();

        var data = StatusData.Of(await _fleet.ReadAsync(), withReady: true);

        Assert.Equal(["lyon None NoConnection", "paris All ", "montreal All "], data["clusters"]!.AsArray().Select(cluster => $"{cluster!["name"]} {cluster["seen"]} {cluster["reason"]}"));
        var ready = data["resources"]!.AsArray().First(resource => (string?)resource!["state"] == "Ready")!;
        Assert.Equal(
            ("paris", "blog", "Redis", "cache", "addon_00000000-0000-4000-8000-000000000001", "s", "2026-11-25T12:00:00Z"),
            ((string?)ready["cluster"], (string?)ready["namespace"], (string?)ready["kind"], (string?)ready["name"], (string?)ready["addon"], (string?)ready["plan"], (string?)ready["since"]));
        Assert.DoesNotContain("null", DataText.Write(data, OutputFormat.Json), StringComparison.Ordinal);
        Assert.StartsWith("clusters:\n- name: lyon\n", DataText.Write(data, OutputFormat.Yaml), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_hangs_is_given_up_and_the_others_are_shown()
    {
        _fleet.Add("lyon").Hangs = true;
        _fleet.Add("paris").With(FakeFleet.Ready("Redis", "shop", "cache"));

        var reading = _fleet.ReadAsync();
        _fleet.Time.Advance(FleetReader.Limit);
        var clusters = await reading;

        Assert.Equal(("lyon", true, "Timeout"), (clusters[0].Name, clusters[0].IsUnseen, clusters[0].Reason));
        Assert.Single(clusters[1].Resources);
    }

    [Fact]
    public async Task A_kind_that_may_not_be_listed_is_told_and_the_others_are_shown()
    {
        _fleet.Add("paris").With(FakeFleet.Ready("Redis", "shop", "cache")).ListsFail["postgresqls"] = FakeFleet.Forbidden;

        var paris = Assert.Single(await _fleet.ReadAsync());

        Assert.Equal((false, true, "Forbidden"), (paris.IsUnseen, paris.IsIncomplete, paris.Reason));
        Assert.Single(paris.Resources);
    }

    [Fact]
    public async Task Only_what_is_served_and_asked_for_is_listed()
    {
        var paris = _fleet.Add("paris", "shop", "blog").With(FakeFleet.Ready("Redis", "shop", "a"), FakeFleet.Ready("Redis", "blog", "b"), FakeFleet.Ready("Redis", "other", "c"));

        Assert.Equal(["a", "b"], Assert.Single(await _fleet.ReadAsync()).Resources.Select(resource => resource.Name));
        paris.Lists.Clear();
        Assert.Equal(["b"], Assert.Single(await _fleet.ReadAsync(new("blog", AddonCatalog.Find("redis")))).Resources.Select(resource => resource.Name));
        Assert.Equal(["apis/api.clever-cloud.com/v1/namespaces/blog/redis?limit=500"], paris.Lists);
    }

    [Fact]
    public async Task A_cluster_without_our_definitions_says_so_and_is_no_failure()
    {
        _fleet.Add("paris").Kinds = [];

        Assert.Equal((ClusterView.NoDefinitions, false), Assert.Single(await _fleet.ReadAsync()) is var paris ? (paris.Reason, paris.IsIncomplete) : default);
    }

    private void WithTrouble()
    {
        _fleet.Add("lyon").FailsWith = FakeFleet.Refused;
        _fleet.Add("montreal").With(FakeFleet.Ready("Redis", "shop", "cache"));
        _fleet.Add("paris").With(
            FakeFleet.Ready("Redis", "blog", "cache"),
            FakeFleet.Resource("Redis", "blog", "queue", "Migrating", TimeSpan.FromSeconds(45), "step 2"),
            FakeFleet.Resource("PostgreSQL", "shop", "db", "PlanNotAvailable", new TimeSpan(0, 5, 12), Message, isStalled: true));
    }

    private async Task<string> WrittenAsync(Terminal terminal, bool withReady = true) =>
        StatusView.Write(await _fleet.ReadAsync(), terminal, isWide: false, withReady, FakeFleet.Now);
}
