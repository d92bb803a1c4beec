using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Commands.Audit;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Tests.Commands.Fleet;

namespace CleverRemoteOperator.Tests.Commands.Audit;

/// <summary>What the audit says of add-ons and resources.</summary>
public sealed class AuditReportTests
{
    private const string Organisation = "orga_00000000-0000-4000-8000-000000000001";

    private readonly FakeFleet _fleet = new();
    private readonly List<CleverAddon> _addons = [];

    [Fact]
    public async Task What_is_in_use_is_not_told()
    {
        WithResource("Redis", "shop", "cache");
        Add("Redis", "shop", "cache");

        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task An_add_on_whose_resource_is_gone_is_an_orphan()
    {
        _fleet.Add("paris");
        var addon = Add("PostgreSQL", "shop", "db");

        Assert.Equal($"Orphan paris shop/PostgreSQL/db {addon}", Assert.Single(await EntriesAsync()));
    }

    [Fact]
    public async Task One_of_a_resource_of_the_same_name_that_came_later_is_an_orphan_as_well()
    {
        WithResource("Redis", "shop", "cache");
        Add("Redis", "shop", "cache");
        var former = Add("Redis", "shop", "cache", uid: "11111111-1111-4111-8111-111111111111");

        Assert.Equal($"Orphan paris shop/Redis/cache {former}", Assert.Single(await EntriesAsync()));
    }

    [Fact]
    public async Task A_resource_whose_add_on_is_gone_is_told()
    {
        WithResource("Redis", "shop", "cache", addon: "addon_gone");

        Assert.Equal("Missing paris shop/Redis/cache addon_gone", Assert.Single(await EntriesAsync()));
    }

    [Fact]
    public async Task Two_of_one_resource_are_both_told()
    {
        WithResource("Redis", "shop", "cache");
        Add("Redis", "shop", "cache");
        Add("Redis", "shop", "cache");

        Assert.All(await EntriesAsync(), entry => Assert.StartsWith("Duplicate paris shop/Redis/cache ", entry, StringComparison.Ordinal));
        Assert.Equal(2, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task Those_of_other_clusters_and_those_nobody_claimed_are_told_as_such()
    {
        WithResource("MySQL", "shop", "db");
        Add("Redis", "shop", "cache", cluster: "tokyo");
        _addons.Add(new("addon_bare", "mysql_1", AddonName.Bare("MySql", FakeFleet.UidOf("MySQL/shop/db")), "par", "mysql-addon", Plan));

        Assert.Equal(["Unclaimed paris shop/MySQL/db addon_bare", "OtherCluster tokyo shop/Redis/cache addon_1"], await EntriesAsync());
    }

    [Theory]
    [InlineData("Keycloak", "postgresql-addon")]
    [InlineData("Keycloak", "fs-bucket")]
    [InlineData("Elasticsearch", "cellar-addon")]
    public async Task Part_of_another_add_on_and_what_people_made_is_none(string kind, string provider)
    {
        _fleet.Add("paris");
        var name = AddonName.Write(AddonCatalog.Find(kind)!.NameInAddons, FakeFleet.UidOf("gone"), "paris", "shop", "login");
        _addons.Add(new("addon_part", "x_1", name, "par", provider, Plan));
        _addons.Add(new("addon_hand", "x_2", "my database", "par", "postgresql-addon", Plan));
        _addons.Add(new("addon_none", "x_3", null, "par", "postgresql-addon", Plan));

        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task Nothing_is_concluded_of_a_namespace_that_is_not_served()
    {
        _fleet.Add("paris", "shop");
        Add("Redis", "blog", "cache");

        Assert.StartsWith("NotServed paris blog/Redis/cache ", Assert.Single(await EntriesAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_nothing_to_tell_only_the_sums_are() =>
        Assert.Equal("2 add-ons in 1 organisation: nothing to tell\n", AuditView.Write([], 2, 1, Terminal.Pipe, isWide: false));

    [Fact]
    public async Task A_person_gets_what_it_means_and_the_sums()
    {
        _fleet.Add("paris");
        Add("PostgreSQL", "shop", "db");

        Assert.Equal(
            """
            Orphan (1)  add-ons whose resource is gone: delete them at Clever Cloud if nobody needs their data (clever addon delete ID)
              CLUSTER  RESOURCE            ADD-ON   ORGANISATION
              paris    shop/PostgreSQL/db  addon_1  orga_00000000-0000-4000-8000-000000000001

            1 add-on in 1 organisation: 1 Orphan

            """,
            AuditView.Write(await ReportAsync(), 1, 1, new Terminal(160, HasColours: false), isWide: false));
    }

    [Fact]
    public async Task A_narrow_terminal_names_the_add_on_below_its_resource()
    {
        _fleet.Add("paris");
        Add("PostgreSQL", "shop", "db");

        Assert.Contains("\n  CLUSTER  RESOURCE\n  paris    shop/PostgreSQL/db\n    addon_1\n", AuditView.Write(await ReportAsync(), 1, 1, new Terminal(32, HasColours: false), isWide: false), StringComparison.Ordinal);
    }

    private static CleverPlan Plan { get; } = new("plan_1", "s", "S", 1, [], false);

    private void WithResource(string kind, string @namespace, string name, string? addon = null)
    {
        var resource = FakeFleet.Ready(kind, @namespace, name, addon ?? "addon_1");
        resource["status"]!["organisation"] = Organisation;
        _fleet.Add("paris").With(resource);
    }

    private string Add(string kind, string @namespace, string name, string cluster = "paris", string? uid = null)
    {
        var catalogued = AddonCatalog.Find(kind)!;
        var id = $"addon_{_addons.Count + 1}";
        _addons.Add(new(
            id, "x_1", AddonName.Write(catalogued.NameInAddons, uid ?? FakeFleet.UidOf($"{kind}/{@namespace}/{name}"), cluster, @namespace, name), "par", catalogued.ProviderId, Plan));
        return id;
    }

    private async Task<IReadOnlyList<AuditEntry>> ReportAsync() => AuditReport.Of(
        [.. _fleet.Clusters.Select(cluster => cluster.Definition!)],
        [.. (await _fleet.ReadAsync()).SelectMany(view => view.Resources)],
        new Dictionary<string, IReadOnlyList<CleverAddon>> { [Organisation] = _addons });

    private async Task<List<string>> EntriesAsync() =>
        [.. (await ReportAsync()).Select(entry => $"{entry.Verdict} {entry.Cluster} {entry.Resource} {entry.Addon}")];
}
