using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Commands.Doctor;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Tests.Commands.Fleet;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Commands.Doctor;

/// <summary>What <c>doctor</c> says of a cluster.</summary>
public sealed class ClusterDoctorTests
{
    private readonly FakeFleet _fleet = new();

    [Fact]
    public async Task A_cluster_in_order_is_ok_in_all_but_that_nobody_served_it_yet()
    {
        _fleet.Add("paris");

        var finding = await LookAsync();

        Assert.Equal(
            ["connection Ok", "clock Ok", "identity Ok", "definitions Ok", "rights Ok", "reference operator Ok", "lease Note"],
            finding.Checks.Select(check => $"{check.What} {check.Result}"));
        Assert.Equal("system:serviceaccount:operators:remote", MessageOf(finding, "identity"));
        Assert.StartsWith("ok\tcluster paris\tconnection\tv1.36.0 at paris\n", DoctorView.Write(finding, Terminal.Pipe), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_fails_with_the_reason()
    {
        _fleet.Add("paris").FailsWith = FakeFleet.Refused;

        var check = Assert.Single((await LookAsync()).Checks);

        Assert.Equal(("connection", CheckResult.Failed), (check.What, check.Result));
        Assert.StartsWith("NoConnection: ", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_hangs_is_given_up()
    {
        _fleet.Add("paris").Hangs = true;

        var looking = LookAsync();
        _fleet.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("not all was answered within 30 s", Assert.Single((await looking).Checks).Message);
    }

    [Fact]
    public async Task Rights_that_are_missing_are_named_and_given_as_manifests_for_whoever_we_are()
    {
        _fleet.Add("paris", "shop").Allows = asked => asked is not ("* * *" or "patch api.clever-cloud.com redis shop" or "patch  secrets shop" or "create coordination.k8s.io leases operators");

        var rights = (await LookAsync(new OperatorOptions { LeaseNamespace = "operators" })).Checks.Single(check => check.What == "rights");

        Assert.Equal(CheckResult.Failed, rights.Result);
        Assert.Contains("patch redis.api.clever-cloud.com in namespace shop; patch secrets in namespace shop; create leases.coordination.k8s.io in namespace operators. ", rights.Message, StringComparison.Ordinal);
        var documents = rights.Manifests!.Split("---\n", StringSplitOptions.RemoveEmptyEntries).Select(RepositoryFiles.Json).ToList();
        Assert.Equal(["Role shop", "RoleBinding shop", "Role operators", "RoleBinding operators"], documents.Select(item => $"{item["kind"]} {item["metadata"]!["namespace"]}"));
        Assert.Equal("""[{"apiGroups":["api.clever-cloud.com"],"resources":["redis"],"verbs":["patch"]},{"apiGroups":[""],"resources":["secrets"],"verbs":["patch"]}]""", documents[0]["rules"]!.ToJsonString());
        Assert.Equal("""[{"kind":"ServiceAccount","name":"remote","namespace":"operators"}]""", documents[1]["subjects"]!.ToJsonString());
    }

    [Fact]
    public async Task Rights_it_can_do_without_are_a_warning()
    {
        _fleet.Add("paris").Allows = asked => asked is not ("* * *" or "list  secrets" or "watch  secrets");

        var rights = (await LookAsync()).Checks.Single(check => check.What == "rights");

        Assert.Equal(CheckResult.Warning, rights.Result);
        Assert.Contains("2 of 124 missing, all of which it can do without: list secrets; watch secrets. ", rights.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_right_is_asked_for_where_the_definition_is_missing_and_that_is_told()
    {
        var asked = new System.Collections.Concurrent.ConcurrentBag<string>();
        var paris = _fleet.Add("paris");
        paris.Kinds = [AddonCatalog.Find("redis")!];
        paris.Allows = question =>
        {
            asked.Add(question);
            return question != "* * *";
        };

        var finding = await LookAsync();

        Assert.Contains("1 of 16 kinds, under the product's names; missing: Azimutt, ", MessageOf(finding, "definitions"), StringComparison.Ordinal);
        Assert.DoesNotContain(asked, question => question.Contains("cellars", StringComparison.Ordinal));
        Assert.Contains("patch api.clever-cloud.com redis status", asked);
    }

    [Theory]
    [InlineData(null, "Note", "does not tell")]
    [InlineData(0, "Ok", "agrees")]
    [InlineData(90, "Warning", "90s ahead of ours")]
    [InlineData(-400, "Warning", "6m40s behind ours")]
    public async Task A_clock_that_is_wrong_is_a_warning(int? seconds, string result, string message)
    {
        _fleet.Add("paris").Date = seconds is { } skew ? FakeFleet.Now.AddSeconds(skew) : null;

        var clock = (await LookAsync()).Checks.Single(check => check.What == "clock");

        Assert.Equal(result, clock.Result.ToString());
        Assert.Contains(message, clock.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("me", 1, "Ok", "held by me, renewed 1s ago")]
    [InlineData("me", 300, "Warning", "last renewed 5m ago by me, which is gone")]
    [InlineData("", 1, "Note", "held by nobody")]
    public async Task The_Lease_says_who_serves_the_cluster(string holder, int age, string result, string message)
    {
        _fleet.Add("paris").Lease = new V1Lease { Spec = new() { HolderIdentity = holder, RenewTime = FakeFleet.Now.UtcDateTime.AddSeconds(-age) } };

        var lease = (await LookAsync()).Checks.Single(check => check.What == "lease");

        Assert.Equal(result, lease.Result.ToString());
        Assert.Contains(message, lease.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_operator_that_still_runs_is_a_failure()
    {
        _fleet.Add("paris").With(new JsonObject
        {
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = "clever-kubernetes-operator", ["namespace"] = "clever" },
            ["spec"] = new JsonObject { ["replicas"] = 1 },
        });

        Assert.Equal(
            "runs here as well: kubectl scale deployment clever-kubernetes-operator -n clever --replicas=0",
            MessageOf(await LookAsync(), "reference operator"));
    }

    [Fact]
    public async Task What_cannot_be_looked_at_keeps_nothing_else_from_it()
    {
        _fleet.Add("paris").ListsFail["deployments"] = FakeFleet.Forbidden;

        var finding = await LookAsync();

        Assert.Contains("cannot be looked for", MessageOf(finding, "reference operator"), StringComparison.Ordinal);
        Assert.Equal("lease", finding.Checks[^1].What);
    }

    private static string MessageOf(Finding finding, string check) => finding.Checks.Single(found => found.What == check).Message;

    private async Task<Finding> LookAsync(OperatorOptions? options = null) => await new ClusterDoctor(_fleet, options ?? new(), _fleet.Time, TimeSpan.FromSeconds(30))
        .LookAsync(_fleet.Clusters[0], TestContext.Current.CancellationToken) is var finding
        ? finding with { Checks = [.. finding.Checks.Where(check => check.What != "kubeconfig")] }
        : throw new InvalidOperationException();
}
