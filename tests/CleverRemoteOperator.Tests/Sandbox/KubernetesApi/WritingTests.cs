using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class WritingTests : IAsyncLifetime
{
    private const string Secrets = "/api/v1/namespaces/default/secrets";
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        await _cluster.InstallWidgetsAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Creating_fills_in_defaults_drops_status_and_unknown_fields_and_warns()
    {
        using StringContent content = new("""{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":1,"shape":"round"},"status":{"addon":"x"}}""", null, "application/json");
        using var response = await _cluster.Client().PostAsync(ClusterFixture.Widgets, content);
        var made = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("""{"size":1,"colour":"red"}""", made["spec"]!.ToJsonString());
        Assert.Null(made["status"]);
        Assert.Equal(1, made["metadata"]!["generation"]!.GetValue<int>());
        Assert.Equal("299 - \"unknown field \\\"spec.shape\\\"\"", Assert.Single(response.Headers.GetValues("Warning")));
    }

    [Theory]
    [InlineData("""{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":1,"shape":"round"}}""", "?fieldValidation=Strict", 400, "Widget in version \"v1\" cannot be handled as a Widget: strict decoding error: unknown field \"spec.shape\"")]
    [InlineData("""{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":0}}""", "", 422, "Widget.example.test \"a\" is invalid: spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1")]
    [InlineData("""{"apiVersion":"example.test/v2","kind":"Widget","metadata":{"name":"a"}}""", "", 400, "the API version in the data (example.test/v2) does not match the expected API version (example.test/v1)")]
    [InlineData("""{"apiVersion":"example.test/v1","kind":"Gadget","metadata":{"name":"a"}}""", "", 422, "Gadget.example.test \"a\" is invalid: kind: Invalid value: \"Gadget\": must be Widget")]
    [InlineData("""{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a","namespace":"other"},"spec":{"size":1}}""", "", 400, "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData("""{"apiVersion":"example.test/v1","kind":"Widget","metadata":{},"spec":{"size":1}}""", "", 422, "Widget.example.test \"\" is invalid: metadata.name: Required value: name or generateName is required")]
    public async Task A_wrong_object_is_refused_in_the_servers_words(string body, string query, int code, string message)
    {
        var (actual, status) = await _cluster.PostAsync(ClusterFixture.Widgets + query, body);
        Assert.Equal(message, status["message"]!.GetValue<string>());
        Assert.Equal(code, actual);
    }

    [Fact]
    public async Task Creating_twice_already_exists_and_dry_run_keeps_nothing()
    {
        var (code, _) = await _cluster.PostAsync(ClusterFixture.Widgets + "?dryRun=All", """{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":1}}""");
        Assert.Equal(201, code);
        Assert.Equal(404, (await _cluster.GetAsync(ClusterFixture.Widgets + "/a")).Code);
        await _cluster.CreateWidgetAsync("a");
        var (again, status) = await _cluster.PostAsync(ClusterFixture.Widgets, """{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":1}}""");
        Assert.Equal((409, "widgets.example.test \"a\" already exists"), (again, status["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_Lease_put_where_none_is_any_more_is_created_whatever_revision_it_names()
    {
        const string leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        var (code, made) = await _cluster.SendAsync(HttpMethod.Put, leases + "/a", """{"metadata":{"name":"a","resourceVersion":"42"},"spec":{"holderIdentity":"x"}}""");
        Assert.Equal((201, "x"), (code, (string?)made["spec"]!["holderIdentity"]));
        Assert.NotEqual("42", (string?)made["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public async Task The_generation_counts_changes_of_the_spec_only()
    {
        await _cluster.CreateWidgetAsync("a");
        var (_, labelled) = await _cluster.MergeAsync(ClusterFixture.Widgets + "/a", """{"metadata":{"labels":{"x":"y"}},"status":{"addon":"no"}}""");
        Assert.Equal(1, labelled["metadata"]!["generation"]!.GetValue<int>());
        Assert.Null(labelled["status"]);
        var (_, resized) = await _cluster.MergeAsync(ClusterFixture.Widgets + "/a", """{"spec":{"size":5}}""");
        Assert.Equal(2, resized["metadata"]!["generation"]!.GetValue<int>());
        var (_, reported) = await _cluster.MergeAsync(ClusterFixture.Widgets + "/a/status", """{"status":{"addon":"addon_1"},"spec":{"size":7},"metadata":{"labels":{"x":"z"}}}""");
        Assert.Equal(2, reported["metadata"]!["generation"]!.GetValue<int>());
        Assert.Equal("addon_1", reported["status"]!["addon"]!.GetValue<string>());
        Assert.Equal(5, reported["spec"]!["size"]!.GetValue<int>());
        Assert.Equal("y", reported["metadata"]!["labels"]!["x"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_write_that_changes_nothing_keeps_the_version()
    {
        var made = await _cluster.CreateWidgetAsync("a");
        var (_, same) = await _cluster.MergeAsync(ClusterFixture.Widgets + "/a", """{"spec":{"size":1}}""");
        Assert.Equal(made["metadata"]!["resourceVersion"]!.GetValue<string>(), same["metadata"]!["resourceVersion"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_replace_of_an_old_state_conflicts_and_one_without_version_is_refused()
    {
        var made = await _cluster.CreateWidgetAsync("a");
        await _cluster.MergeAsync(ClusterFixture.Widgets + "/a", """{"spec":{"size":2}}""");
        made["spec"]!["size"] = 3;
        var (code, status) = await _cluster.SendAsync(HttpMethod.Put, ClusterFixture.Widgets + "/a", made.ToJsonString());
        Assert.Equal(409, code);
        Assert.Equal("Operation cannot be fulfilled on widgets.example.test \"a\": the object has been modified; please apply your changes to the latest version and try again", status["message"]!.GetValue<string>());
        made["metadata"]!.AsObject().Remove("resourceVersion");
        (code, status) = await _cluster.SendAsync(HttpMethod.Put, ClusterFixture.Widgets + "/a", made.ToJsonString());
        Assert.Equal((422, "widgets.example.test \"a\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update"), (code, status["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Other_versions_show_the_same_object()
    {
        await _cluster.CreateWidgetAsync("a", size: 4);
        var (_, other) = await _cluster.GetAsync(ClusterFixture.Widgets.Replace("/v1/", "/v1alpha1/", StringComparison.Ordinal) + "/a");
        Assert.Equal(("example.test/v1alpha1", 4), (other["apiVersion"]!.GetValue<string>(), other["spec"]!["size"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Apply_creates_owns_fields_and_conflicts_with_others()
    {
        const string body = "apiVersion: example.test/v1\nkind: Widget\nspec:\n  size: 7\n";
        var (code, made) = await ApplyAsync("a", "one", body);
        Assert.Equal(201, code);
        Assert.Equal("one", made["metadata"]!["managedFields"]![0]!["manager"]!.GetValue<string>());
        Assert.Equal(200, (await ApplyAsync("a", "one", body)).Code);
        (code, var status) = await ApplyAsync("a", "two", body.Replace('7', '8'));
        Assert.Equal(409, code);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .spec.size", status["message"]!.GetValue<string>());
        Assert.Equal("FieldManagerConflict", status["details"]!["causes"]![0]!["reason"]!.GetValue<string>());
        (code, var forced) = await ApplyAsync("a", "two&force=true", body.Replace('7', '8'));
        Assert.Equal((200, 8), (code, forced["spec"]!["size"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Secrets_keep_text_as_base64_and_their_type()
    {
        var (_, made) = await _cluster.PostAsync(Secrets, """{"metadata":{"name":"s"},"stringData":{"k":"v"}}""");
        Assert.Equal(("dg==", "Opaque"), (made["data"]!["k"]!.GetValue<string>(), made["type"]!.GetValue<string>()));
        Assert.Null(made["stringData"]);
        var (code, status) = await _cluster.MergeAsync(Secrets + "/s", """{"type":"other/type"}""");
        Assert.Equal((422, "Secret \"s\" is invalid: type: Invalid value: \"other/type\": field is immutable"), (code, status["message"]!.GetValue<string>()));
        Assert.Equal(200, (await _cluster.MergeAsync(Secrets + "/s", """{"immutable":true}""")).Code);
        Assert.Equal(422, (await _cluster.MergeAsync(Secrets + "/s", """{"stringData":{"k":"w"}}""")).Code);
    }

    [Theory]
    [InlineData("secrets", """{"metadata":{"name":"s"},"data":{"k":5}}""", "Secret in version \"v1\" cannot be handled as a Secret: json: cannot unmarshal number into Go struct field Secret.data of type []uint8")]
    [InlineData("secrets", """{"metadata":{"name":"s"},"data":{"k":"!!"}}""", "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 0")]
    [InlineData("configmaps", """{"metadata":{"name":"s","labels":{"a":1}}}""", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string")]
    [InlineData("configmaps", """{"metadata":{"name":"s","labels":["a"]}}""", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string")]
    [InlineData("configmaps", """{"metadata":{"name":"s","generation":"x"}}""", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal string into Go struct field ObjectMeta.metadata.generation of type int64")]
    [InlineData("configmaps", """{"metadata":{"name":"s","finalizers":[5]}}""", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.finalizers of type string")]
    [InlineData("configmaps", """{"metadata":"x"}""", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal string into Go struct field ConfigMap.metadata of type v1.ObjectMeta")]
    [InlineData("configmaps", """{"metadata":""", "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input")]
    public async Task A_value_of_a_wrong_type_is_a_bad_request(string resource, string body, string message)
    {
        var (code, status) = await _cluster.PostAsync("/api/v1/namespaces/default/" + resource, body);
        Assert.Equal((400, message), (code, status["message"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"b"}}""", 400, "the name of the object (b) does not match the name on the URL (a)")]
    [InlineData("""{"metadata":null}""", 400, "the name of the object (a based on URL) was undeterminable: name must be provided")]
    [InlineData("""{"metadata":{"deletionTimestamp":"2020-01-01T00:00:00Z"}}""", 422, "Widget.example.test \"a\" is invalid: metadata.deletionTimestamp: Invalid value: \"2020-01-01T00:00:00Z\": field is immutable")]
    [InlineData("""{"apiVersion":"other/v1"}""", 422, "Widget.example.test \"a\" is invalid: apiVersion: Invalid value: \"other/v1\": must be example.test/v1")]
    public async Task A_patch_cannot_make_another_object_of_it(string patch, int code, string message)
    {
        await _cluster.CreateWidgetAsync("a");

        var (actual, status) = await _cluster.MergeAsync(ClusterFixture.Widgets + "/a", patch);

        Assert.Equal((code, message), (actual, status["message"]!.GetValue<string>()));
        Assert.Equal(404, (await _cluster.GetAsync(ClusterFixture.Widgets + "/b")).Code);
    }

    [Fact]
    public async Task A_patch_of_a_wrong_type_is_unsupported()
    {
        await _cluster.CreateWidgetAsync("a");
        var (code, status) = await _cluster.SendAsync(HttpMethod.Patch, ClusterFixture.Widgets + "/a", "{}", "application/strategic-merge-patch+json");
        Assert.Equal(415, code);
        Assert.Equal("the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml", status["message"]!.GetValue<string>());
    }

    private Task<(int Code, JsonObject Body)> ApplyAsync(string name, string manager, string body) =>
        _cluster.SendAsync(HttpMethod.Patch, $"{ClusterFixture.Widgets}/{name}?fieldManager={manager}", body, "application/apply-patch+yaml");
}
