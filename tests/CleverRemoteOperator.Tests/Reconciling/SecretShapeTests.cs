using System.Net;
using CleverRemoteOperator.Addons.Secrets;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>What <c>spec.secret</c> makes of the connection Secret, from its first write to its end.</summary>
public sealed class SecretShapeTests
{
    private readonly ReconcilerWorld _world = new();

    [Fact]
    public async Task Another_name_is_written_first_and_the_former_Secret_goes_then()
    {
        await ReadyAsync("");
        _world.Steps.Made.Clear();

        await ReadyAsync("""{"name":"shop-cache"}""");

        Assert.Equal("shop-cache", Assert.Single(_world.Cluster.Secrets).Key);
        Assert.Equal(["secret apply", "secret get", "secret delete", "status"], _world.Steps.Made.Where(step => step is "secret apply" or "secret delete" or "status" or "secret get").SkipWhile(step => step != "secret apply"));
        Assert.Equal(("shop-cache", "shop-cache"), (Status("secret"), (string?)_world.Resource.Status.ToObject()!["binding"]!["name"]));
    }

    [Fact]
    public async Task A_process_that_dies_at_any_step_of_a_rename_leaves_one_Secret_in_the_end()
    {
        for (var step = 0; ; step++)
        {
            var world = new ReconcilerWorld();
            await world.RunUntilReadyAsync();
            world.Annotate("secret-name", "shop-cache");
            world.Steps.Restart();
            (world.Steps.DieAt, world.Steps.DiesAfterEffect) = (step / 2, step % 2 == 1);
            var (_, _, died) = await world.PassAsync();
            world.Restart();
            await world.RunUntilReadyAsync();

            Assert.Equal("shop-cache", Assert.Single(world.Cluster.Secrets).Key);
            if (died is not ProcessDiedException)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task A_former_Secret_that_may_not_be_deleted_is_told_once()
    {
        await ReadyAsync("");
        _world.Steps.Failure = step => step == "secret delete" ? new KubernetesApiException("no", HttpStatusCode.Forbidden, "Forbidden") : null;

        await ReadyAsync("""{"name":"shop-cache"}""");
        await _world.PassAsync();

        Assert.Contains("kubectl -n default delete secret cache", Assert.Single(_world.Cluster.Events, told => told.Reason == Reason.SecretLeft).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_another_Secret_has_changes_neither()
    {
        await ReadyAsync("");
        var foreign = (new SecretMetadata("default", "taken", "u", "7", ["somebody"], IsAppliedByOperator: true), new Dictionary<string, string> { ["A"] = "theirs" });
        _world.Cluster.Secrets["taken"] = foreign;

        Respec("""{"name":"taken"}""");
        await _world.PassAsync();

        Assert.Equal(Reason.SecretConflict, _world.Ready.Reason);
        Assert.Equal(foreign, _world.Cluster.Secrets["taken"]);
        Assert.Contains("REDIS_URL", _world.Cluster.Secrets["cache"].Data.Keys);
    }

    [Theory]
    [InlineData("spec")]
    [InlineData("annotation")]
    public async Task It_may_not_be_called_as_the_credentials(string by)
    {
        if (by == "spec")
        {
            Respec("""{"name":"clever-kubernetes-operator"}""");
        }
        else
        {
            _world.Annotate("secret-name", "clever-kubernetes-operator");
        }

        await _world.PassAsync();

        Assert.Equal(Reason.InvalidSpec, _world.Ready.Reason);
        Assert.Empty(_world.Clever.Addons);
        Assert.Empty(_world.Cluster.Secrets);
    }

    [Fact]
    public async Task An_annotation_names_it_where_the_spec_does_not_and_contradicts_no_spec()
    {
        _world.Annotate("secret-name", "noted");
        await _world.RunUntilReadyAsync();
        Assert.Equal("noted", Assert.Single(_world.Cluster.Secrets).Key);

        Respec("""{"name":"written"}""");
        await _world.PassAsync();

        Assert.Equal(Reason.InvalidAnnotation, _world.Ready.Reason);
        Assert.Contains("spec.secret.name and the annotation for it contradict each other", _world.Ready.Message, StringComparison.Ordinal);
        Assert.Equal("noted", Assert.Single(_world.Cluster.Secrets).Key);
    }

    [Fact]
    public async Task Where_the_definition_drops_the_status_the_annotation_renames_it_all_the_same()
    {
        var world = new ReconcilerWorld(dropsConditions: true);
        await UntilAsync(world, () => world.Cluster.Secrets.ContainsKey("cache"));

        world.Annotate("secret-name", "noted");
        await UntilAsync(world, () => world.Cluster.Secrets.ContainsKey("noted"));

        Assert.Equal("noted", Assert.Single(world.Cluster.Secrets).Key);
    }

    [Fact]
    public async Task Without_a_Secret_it_is_Ready_all_the_same_and_at_rest()
    {
        await ReadyAsync("""{"enabled":false}""");

        Assert.Empty(_world.Cluster.Secrets);
        Assert.Equal((Reason.SecretDisabled, "True"), (_world.Condition("SecretReady", "reason"), _world.Condition("SecretReady")));
        Assert.Equal((null, null), (Status("secret"), _world.Resource.Status.ToObject()!["binding"]));
        Assert.DoesNotContain(_world.Steps.Made, step => step.StartsWith("secret", StringComparison.Ordinal));
        _world.Steps.Made.Clear();

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(3); passed += TimeSpan.FromMinutes(10))
        {
            _world.Time.Advance(TimeSpan.FromMinutes(10));
            await _world.PassAsync();
        }

        Assert.DoesNotContain(_world.Steps.Made, step => step != "list");
    }

    [Fact]
    public async Task A_Secret_that_is_not_wanted_any_more_goes_and_comes_back_when_it_is()
    {
        await ReadyAsync("");
        await ReadyAsync("""{"enabled":false}""");
        Assert.Empty(_world.Cluster.Secrets);

        await ReadyAsync("");
        Assert.Equal("cache", Assert.Single(_world.Cluster.Secrets).Key);
    }

    [Fact]
    public async Task Keys_are_what_is_published_what_its_checksum_tells_and_what_a_changed_password_changes()
    {
        await ReadyAsync("""{"keys":{"CACHE":"$(REDIS_URL)#1"},"only":["CACHE"]}""");
        var (before, data) = _world.Cluster.Secrets["cache"];
        Assert.Equal("redis://addon_1#1", Assert.Single(data, pair => pair.Key == "CACHE").Value);
        Assert.Equal(ConnectionSecret.Checksum(data), before.Checksum);
        _world.Steps.Made.Clear();
        await AfterAsync(TimeSpan.FromHours(3));
        Assert.DoesNotContain("secret apply", _world.Steps.Made);

        _world.Clever.Rotated = "?rotated";
        await AfterAsync(TimeSpan.FromHours(3));

        Assert.Equal("redis://addon_1?rotated#1", _world.Cluster.Secrets["cache"].Data["CACHE"]);
        Assert.NotEqual(before.Checksum, _world.Cluster.Secrets["cache"].Metadata.Checksum);
    }

    [Fact]
    public async Task An_entry_that_is_not_there_is_told_and_the_Secret_stays_as_it_was()
    {
        await ReadyAsync("");
        Respec("""{"keys":{"CACHE":"$(REDIS_URI)"}}""");

        await _world.PassAsync();

        Assert.Equal((Reason.SecretInvalid, "False"), (_world.Ready.Reason, _world.Condition("SecretReady")));
        Assert.StartsWith("spec.secret.keys.CACHE names REDIS_URI, which the add-on does not give; did you mean REDIS_URL?", _world.Ready.Message);
        Assert.DoesNotContain("CACHE", _world.Cluster.Secrets["cache"].Data.Keys);
        await ReadyAsync("""{"keys":{"CACHE":"$(REDIS_URL)"}}""");
    }

    [Fact]
    public async Task Another_shape_is_published_also_while_something_else_is_not_as_asked()
    {
        await ReadyAsync("");
        _world.Clever.Enlarge();
        Respec("""{"keys":{"CACHE":"REDIS_URL"}}""");

        await _world.PassAsync();

        Assert.Equal(Reason.Drifted, _world.Ready.Reason);
        Assert.Contains("CACHE", _world.Cluster.Secrets["cache"].Data.Keys);
    }

    [Fact]
    public void Labels_annotations_and_type_are_applied_and_ours_are_not_given_away()
    {
        var shape = new SecretShape
        {
            Type = "servicebinding.io/redis",
            Labels = new Dictionary<string, string> { ["tier"] = "cache", ["app.kubernetes.io/managed-by"] = "me" },
            Annotations = new Dictionary<string, string> { ["note"] = "a b", ["api.clever-cloud.com/checksum"] = "forged" },
        };

        var secret = ConnectionSecret.Render(ReconcilerWorld.NewResource("{}"), "cache", new Dictionary<string, string>(), existing: null, onlyNew: false, shape);

        Assert.Equal("servicebinding.io/redis", secret.Type);
        Assert.Equal(("cache", "clever-remote-operator"), (secret.Metadata.Labels["tier"], secret.Metadata.Labels["app.kubernetes.io/managed-by"]));
        Assert.Equal("a b", secret.Metadata.Annotations["note"]);
        Assert.NotEqual("forged", secret.Metadata.Annotations["api.clever-cloud.com/checksum"]);
    }

    private async Task ReadyAsync(string secret)
    {
        Respec(secret);
        await _world.RunUntilReadyAsync();
    }

    private void Respec(string secret) =>
        _world.Respec($$"""{"plan":"s_mono","region":"par"{{(secret.Length > 0 ? $",\"secret\":{secret}" : "")}}}""");

    private string? Status(string field) => (string?)_world.Resource.Status.ToObject()![field];

    private async Task AfterAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(10))
        {
            _world.Time.Advance(TimeSpan.FromMinutes(10));
            await _world.PassAsync();
        }
    }

    private static async Task UntilAsync(ReconcilerWorld world, Func<bool> isSo)
    {
        for (var pass = 0; pass < 20 && !isSo(); pass++)
        {
            await world.PassAsync();
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(isSo());
    }
}
