namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class DeletingTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        await _cluster.InstallWidgetsAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Deleting_answers_success_once_and_not_found_then()
    {
        var made = await _cluster.CreateWidgetAsync("a");
        var (code, body) = await _cluster.DeleteAsync(ClusterFixture.Widgets + "/a");
        Assert.Equal(200, code);
        Assert.Equal(
            $$$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"name":"a","group":"example.test","kind":"widgets","uid":"{{{made["metadata"]!["uid"]}}}"}}""",
            body.ToJsonString());
        (code, body) = await _cluster.DeleteAsync(ClusterFixture.Widgets + "/a");
        Assert.Equal((404, "widgets.example.test \"a\" not found"), (code, body["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Finalizers_hold_an_object_until_the_last_has_gone()
    {
        await _cluster.CreateWidgetAsync("a", ""","finalizers":["example.test/hold"]""");
        var (_, waiting) = await _cluster.DeleteAsync(ClusterFixture.Widgets + "/a");
        Assert.NotNull(waiting["metadata"]!["deletionTimestamp"]);
        Assert.Equal(2, waiting["metadata"]!["generation"]!.GetValue<int>());
        var (code, status) = await _cluster.MergeAsync(ClusterFixture.Widgets + "/a", """{"metadata":{"finalizers":["example.test/hold","example.test/more"]}}""");
        Assert.Equal(422, code);
        Assert.StartsWith("Widget.example.test \"a\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted", status["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(200, (await _cluster.MergeAsync(ClusterFixture.Widgets + "/a", """{"metadata":{"finalizers":null}}""")).Code);
        Assert.Equal(404, (await _cluster.GetAsync(ClusterFixture.Widgets + "/a")).Code);
    }

    [Fact]
    public async Task Preconditions_guard_a_delete()
    {
        var made = await _cluster.CreateWidgetAsync("a");
        var (code, status) = await _cluster.DeleteAsync(ClusterFixture.Widgets + "/a", """{"preconditions":{"uid":"other"}}""");
        Assert.Equal(409, code);
        Assert.StartsWith("Operation cannot be fulfilled on Widget \"a\": the UID in the precondition (other) does not match", status["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(200, (await _cluster.DeleteAsync(ClusterFixture.Widgets + "/a", $$$"""{"preconditions":{"uid":"{{{made["metadata"]!["uid"]}}}"}}""")).Code);
    }

    [Fact]
    public async Task A_collection_is_deleted_by_selector()
    {
        await _cluster.CreateWidgetAsync("a", ""","labels":{"x":"1"}""");
        await _cluster.CreateWidgetAsync("b", ""","labels":{"x":"2"}""");
        await _cluster.DeleteAsync(ClusterFixture.Widgets + "?labelSelector=x%3D1");
        Assert.Equal(404, (await _cluster.GetAsync(ClusterFixture.Widgets + "/a")).Code);
        Assert.Equal(200, (await _cluster.GetAsync(ClusterFixture.Widgets + "/b")).Code);
    }

    [Fact]
    public async Task Dependents_go_with_their_owner()
    {
        var owner = await _cluster.CreateWidgetAsync("a");
        using var watch = await _cluster.WatchAsync(ConfigMaps + "?watch=1");
        await CreateOwnedAsync("c", owner["metadata"]!["uid"]!.GetValue<string>());
        Assert.Equal("ADDED c", await watch.WordAsync());
        await _cluster.DeleteAsync(ClusterFixture.Widgets + "/a");
        Assert.Equal("DELETED c", await watch.WordAsync());
    }

    [Fact]
    public async Task Foreground_deletion_waits_for_dependents_and_orphaning_frees_them()
    {
        var owner = await _cluster.CreateWidgetAsync("a");
        await CreateOwnedAsync("c", owner["metadata"]!["uid"]!.GetValue<string>());
        using var watch = await _cluster.WatchAsync(ClusterFixture.Widgets + "?watch=1");
        Assert.Equal("ADDED a", await watch.WordAsync());
        await _cluster.DeleteAsync(ClusterFixture.Widgets + "/a", """{"propagationPolicy":"Foreground"}""");
        Assert.Equal("MODIFIED a", await watch.WordAsync());
        Assert.Equal("DELETED a", await watch.WordAsync());
        Assert.Equal(404, (await _cluster.GetAsync(ConfigMaps + "/c")).Code);

        owner = await _cluster.CreateWidgetAsync("b");
        await CreateOwnedAsync("d", owner["metadata"]!["uid"]!.GetValue<string>());
        Assert.Equal("ADDED b", await watch.WordAsync());
        await _cluster.DeleteAsync(ClusterFixture.Widgets + "/b", """{"propagationPolicy":"Orphan"}""");
        Assert.Equal("MODIFIED b", await watch.WordAsync());
        Assert.Equal("DELETED b", await watch.WordAsync());
        var (_, freed) = await _cluster.GetAsync(ConfigMaps + "/d");
        Assert.Null(freed["metadata"]!["ownerReferences"]?.AsArray().FirstOrDefault());
    }

    [Fact]
    public async Task A_namespace_is_emptied_before_it_goes_and_takes_nothing_new_meanwhile()
    {
        await _cluster.PostAsync("/api/v1/namespaces", """{"metadata":{"name":"tmp"}}""");
        const string widgets = "/apis/example.test/v1/namespaces/tmp/widgets";
        await _cluster.PostAsync(widgets, """{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a","finalizers":["example.test/hold"]},"spec":{"size":1}}""");
        using var watch = await _cluster.WatchAsync("/api/v1/namespaces?watch=1&fieldSelector=metadata.name%3Dtmp");
        Assert.Equal("ADDED tmp", await watch.WordAsync());
        var (_, ns) = await _cluster.DeleteAsync("/api/v1/namespaces/tmp");
        Assert.Equal("Terminating", ns["status"]!["phase"]!.GetValue<string>());
        var (code, status) = await _cluster.PostAsync("/api/v1/namespaces/tmp/secrets", """{"metadata":{"name":"s"}}""");
        Assert.Equal((403, "secrets \"s\" is forbidden: unable to create new content in namespace tmp because it is being terminated"), (code, status["message"]!.GetValue<string>()));
        Assert.Equal("NamespaceTerminating", status["details"]!["causes"]![0]!["reason"]!.GetValue<string>());
        Assert.Equal("MODIFIED tmp", await watch.WordAsync());
        await _cluster.MergeAsync(widgets + "/a", """{"metadata":{"finalizers":null}}""");
        string word;
        do
        {
            word = await watch.WordAsync();
        }
        while (word == "MODIFIED tmp");
        Assert.Equal("DELETED tmp", word);
        Assert.Equal((404, "namespaces \"tmp\" not found"), await PostSecretAsync("tmp"));
    }

    private async Task<(int Code, string Message)> PostSecretAsync(string ns)
    {
        var (code, status) = await _cluster.PostAsync($"/api/v1/namespaces/{ns}/secrets", """{"metadata":{"name":"s"}}""");
        return (code, status["message"]!.GetValue<string>());
    }

    private async Task CreateOwnedAsync(string name, string ownerUid)
    {
        var ownerName = name == "c" ? "a" : "b";
        var (code, _) = await _cluster.PostAsync(ConfigMaps, $$$"""{"metadata":{"name":"{{{name}}}","ownerReferences":[{"apiVersion":"example.test/v1","kind":"Widget","name":"{{{ownerName}}}","uid":"{{{ownerUid}}}","blockOwnerDeletion":true}]}}""");
        Assert.Equal(201, code);
    }
}
