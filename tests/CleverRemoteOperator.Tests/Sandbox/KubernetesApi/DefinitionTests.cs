using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class DefinitionTests : IAsyncLifetime
{
    private const string Widgets = ClusterFixture.Definitions + "/widgets.example.test";
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        await _cluster.InstallWidgetsAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_name_in_use_is_not_accepted_until_it_is_free()
    {
        var other = ClusterFixture.WidgetDefinition.Replace("widgets", "gadgets", StringComparison.Ordinal);
        Assert.Equal(201, (await _cluster.PostAsync(ClusterFixture.Definitions, other)).Code);
        var (_, gadgets) = await _cluster.GetAsync(ClusterFixture.Definitions + "/gadgets.example.test");
        Assert.Equal("False ListKindConflict \"WidgetList\" is already in use", Condition(gadgets, "NamesAccepted"));
        Assert.Equal("False NotAccepted not all names are accepted", Condition(gadgets, "Established"));
        Assert.Equal(404, (await _cluster.GetAsync("/apis/example.test/v1/gadgets")).Code);

        using var watch = await _cluster.WatchAsync(ClusterFixture.Definitions + "?watch=1&fieldSelector=metadata.name%3Dgadgets.example.test");
        Assert.Equal("ADDED gadgets.example.test", await watch.WordAsync());
        await _cluster.DeleteAsync(Widgets);
        var (_, accepted) = await watch.NextAsync();
        Assert.Equal("True InitialNamesAccepted the initial names have been accepted", Condition(accepted, "Established"));
        Assert.Equal(200, (await _cluster.GetAsync("/apis/example.test/v1/gadgets")).Code);
    }

    [Fact]
    public async Task A_definition_goes_after_its_objects_and_takes_no_new_ones_meanwhile()
    {
        await _cluster.CreateWidgetAsync("a", ""","finalizers":["example.test/hold"]""");
        using var watch = await _cluster.WatchAsync(ClusterFixture.Definitions + "?watch=1");
        Assert.Equal("ADDED widgets.example.test", await watch.WordAsync());
        var (_, going) = await _cluster.DeleteAsync(Widgets);
        Assert.Equal("customresourcecleanup.apiextensions.k8s.io", going["metadata"]!["finalizers"]![0]!.GetValue<string>());
        Assert.Equal("MODIFIED widgets.example.test", await watch.WordAsync());
        var (code, status) = await _cluster.PostAsync(ClusterFixture.Widgets, """{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"b"},"spec":{"size":1}}""");
        Assert.Equal((405, "create not allowed while custom resource definition is terminating"), (code, status["message"]!.GetValue<string>()));
        await _cluster.MergeAsync(ClusterFixture.Widgets + "/a", """{"metadata":{"finalizers":null}}""");
        Assert.Equal("DELETED widgets.example.test", await watch.WordAsync());
        Assert.Equal(404, (await _cluster.GetAsync(Widgets)).Code);
    }

    [Fact]
    public async Task A_changed_definition_serves_its_new_schema_and_keeps_its_objects()
    {
        await _cluster.CreateWidgetAsync("a");
        var (code, changed) = await _cluster.SendAsync(
            HttpMethod.Patch,
            Widgets,
            """[{"op":"replace","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/minimum","value":5}]""",
            "application/json-patch+json");
        Assert.Equal((200, 2), (code, changed["metadata"]!["generation"]!.GetValue<int>()));
        Assert.Equal(200, (await _cluster.GetAsync(ClusterFixture.Widgets + "/a")).Code);
        Assert.Equal(422, (await _cluster.PostAsync(ClusterFixture.Widgets, """{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"b"},"spec":{"size":4}}""")).Code);
        (_, changed) = await _cluster.SendAsync(HttpMethod.Patch, Widgets, """[{"op":"replace","path":"/spec/versions/1/served","value":false}]""", "application/json-patch+json");
        Assert.Equal(404, (await _cluster.GetAsync("/apis/example.test/v1alpha1")).Code);
        Assert.Equal("v1", changed["status"]!["storedVersions"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Events_are_the_same_objects_in_both_groups()
    {
        await _cluster.PostAsync(
            "/apis/events.k8s.io/v1/namespaces/default/events",
            """{"metadata":{"name":"e"},"regarding":{"kind":"Widget","namespace":"default","name":"a"},"reason":"R","type":"Normal","note":"m","action":"act","reportingController":"c","reportingInstance":"i","eventTime":"2026-01-01T00:00:00.000000Z"}""");
        var (_, list) = await _cluster.GetAsync("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Da,reason%3DR,type%3DNormal");
        Assert.Equal("m", Assert.Single(list["items"]!.AsArray())!["message"]!.GetValue<string>());
        var (_, other) = await _cluster.GetAsync("/apis/events.k8s.io/v1/namespaces/default/events/e");
        Assert.Equal(("m", "c"), (other["note"]!.GetValue<string>(), other["reportingController"]!.GetValue<string>()));
        (_, list) = await _cluster.GetAsync("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Db");
        Assert.Empty(list["items"]!.AsArray());
    }

    [Fact]
    public async Task A_replace_creates_a_lease_that_is_not_there()
    {
        const string lease = """{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"l"},"spec":{"holderIdentity":"me"}}""";
        Assert.Equal(201, (await _cluster.SendAsync(HttpMethod.Put, "/apis/coordination.k8s.io/v1/namespaces/default/leases/l", lease)).Code);
        Assert.Equal(200, (await _cluster.SendAsync(HttpMethod.Put, "/apis/coordination.k8s.io/v1/namespaces/default/leases/l", lease.Replace("me", "you", StringComparison.Ordinal))).Code);
    }

    private static string Condition(JsonObject definition, string type)
    {
        var condition = definition["status"]!["conditions"]!.AsArray().Single(candidate => candidate!["type"]!.GetValue<string>() == type)!;
        return $"{condition["status"]} {condition["reason"]} {condition["message"]}";
    }
}
