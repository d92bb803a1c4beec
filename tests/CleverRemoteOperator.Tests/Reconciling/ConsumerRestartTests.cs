using System.Net;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>What reads a connection Secret restarts once when its content changes.</summary>
public sealed class ConsumerRestartTests
{
    private const string All = "\"Consumers\"";

    [Fact]
    public async Task What_reads_the_Secret_restarts_once_when_its_content_changes_and_nothing_else_does()
    {
        var world = await ReadyAsync(All);
        Assert.Empty(world.Cluster.Restarts);

        world.Clever.Rotated = "?rotated";
        await AfterAsync(world, TimeSpan.FromHours(3));

        Assert.Equal(["Deployment/shop", "StatefulSet/queue", "DaemonSet/agent"], world.Cluster.Restarts);
        Assert.Equal(world.Cluster.Secrets["cache"].Metadata.Checksum, world.Cluster.Workloads[("Deployment", "shop")].Checksum);
        Assert.Equal(Checksum(world), RestartedFor(world));
        Assert.Contains((Reason.Restarted, "the Secret cache has changed: restarted Deployment/shop, StatefulSet/queue, DaemonSet/agent"), world.Cluster.Events);

        await AfterAsync(world, TimeSpan.FromHours(3));
        world.Restart();
        await AfterAsync(world, TimeSpan.FromHours(3));
        Assert.Equal(3, world.Cluster.Restarts.Count);
    }

    [Fact]
    public async Task A_process_that_dies_at_any_step_of_it_restarts_each_once()
    {
        for (var step = 0; ; step++)
        {
            var world = await ReadyAsync(All);
            world.Clever.Rotated = "?rotated";
            world.Annotate("reconcile-requested-at", "now");
            world.Steps.Restart();
            (world.Steps.DieAt, world.Steps.DiesAfterEffect) = (step / 2, step % 2 == 1);
            var (_, _, died) = await world.PassAsync();
            world.Restart();
            await AfterAsync(world, TimeSpan.FromHours(2));

            Assert.Equal(["DaemonSet/agent", "Deployment/shop", "StatefulSet/queue"], world.Cluster.Restarts.Order(StringComparer.Ordinal));
            Assert.Equal("redis://addon_1?rotated", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
            if (died is not ProcessDiedException)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task Only_what_is_named_restarts_where_names_are_given()
    {
        var world = await ReadyAsync("""[{"kind":"Deployment","name":"other"},{"kind":"StatefulSet","name":"gone"}]""");
        world.Clever.Rotated = "?rotated";

        await AfterAsync(world, TimeSpan.FromHours(2));

        Assert.Equal(["Deployment/other"], world.Cluster.Restarts);
        Assert.Contains("there is no StatefulSet gone", Assert.Single(world.Cluster.Events, told => told.Reason == Reason.RestartFailed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_right_is_missing_that_is_told_once_and_nothing_else_fails()
    {
        var world = await ReadyAsync(All);
        world.Clever.Rotated = "?rotated";
        world.Steps.Failure = step => step == "workload list"
            ? new KubernetesApiException("GET …: 403 Forbidden: cannot list resource \"deployments\" in API group \"apps\"", HttpStatusCode.Forbidden, "Forbidden")
            : null;

        await AfterAsync(world, TimeSpan.FromHours(3));

        Assert.Equal("True", world.Condition("Ready"));
        Assert.Equal("redis://addon_1?rotated", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
        Assert.Contains("cannot list resource \"deployments\"", Assert.Single(world.Cluster.Events, told => told.Reason == Reason.RestartFailed).Message, StringComparison.Ordinal);
        Assert.Empty(world.Cluster.Restarts);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_asked_again_until_all_are_restarted()
    {
        var world = await ReadyAsync(All);
        world.Clever.Rotated = "?rotated";
        var failures = 3;
        world.Steps.Failure = step => step == "restart" && failures-- > 0 ? new KubernetesApiException("PATCH …: 500", HttpStatusCode.InternalServerError, "") : null;

        await AfterAsync(world, TimeSpan.FromHours(3));

        Assert.Equal(["DaemonSet/agent", "Deployment/shop", "StatefulSet/queue"], world.Cluster.Restarts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_restarts_where_nobody_asked_for_it_or_only_the_name_changes()
    {
        var world = await ReadyAsync(null);
        world.Clever.Rotated = "?rotated";
        await AfterAsync(world, TimeSpan.FromHours(2));
        world.Respec("""{"plan":"s_mono","region":"par","secret":{"restart":"Consumers"}}""");
        await AfterAsync(world, TimeSpan.FromHours(2));
        world.Respec("""{"plan":"s_mono","region":"par","secret":{"restart":"Consumers","name":"other"}}""");
        await AfterAsync(world, TimeSpan.FromHours(2));

        Assert.Empty(world.Cluster.Restarts);
        Assert.Equal("other", Assert.Single(world.Cluster.Secrets).Key);
    }

    private static async Task<ReconcilerWorld> ReadyAsync(string? restart)
    {
        var world = new ReconcilerWorld();
        Add(world, "Deployment", "shop", "cache");
        Add(world, "Deployment", "other", "another");
        Add(world, "StatefulSet", "queue", "cache");
        Add(world, "DaemonSet", "agent", "cache");
        world.Respec($$"""{"plan":"s_mono","region":"par"{{(restart is null ? "" : $",\"secret\":{{\"restart\":{restart}}}")}} }""");
        await world.RunUntilReadyAsync();
        return world;
    }

    private static void Add(ReconcilerWorld world, string kind, string name, string secret) =>
        world.Cluster.Workloads[(kind, name)] = new Workload(name, $"uid-{name}", new HashSet<string> { secret }, null);

    private static string? Checksum(ReconcilerWorld world) => world.Cluster.Secrets["cache"].Metadata.Checksum;

    private static string? RestartedFor(ReconcilerWorld world) => (string?)world.Resource.Status.ToObject()!["restartedFor"];

    private static async Task AfterAsync(ReconcilerWorld world, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(10))
        {
            await world.PassAsync();
            world.Time.Advance(TimeSpan.FromMinutes(10));
        }
    }
}
