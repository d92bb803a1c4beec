using System.Net;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class ServingTests : IAsyncLifetime
{
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await ClusterFixture.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_request_without_or_with_a_wrong_token_is_unauthorized()
    {
        using var client = _cluster.Anonymous();
        using var without = await client.GetAsync("/api/v1/namespaces");
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "admin");
        using var wrong = await client.GetAsync("/api/v1/namespaces");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}""",
            await wrong.Content.ReadAsStringAsync());
        using var health = await client.GetAsync("/readyz");
        Assert.Equal("ok", await health.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_viewer_may_read_and_not_write()
    {
        Assert.Equal(200, (await _cluster.GetAsync("/api/v1/secrets", ClusterUser.Viewer)).Code);
        var (code, body) = await _cluster.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/secrets", "{}", user: ClusterUser.Viewer);
        Assert.Equal(403, code);
        Assert.Equal(
            "secrets is forbidden: User \"viewer\" cannot create resource \"secrets\" in API group \"\" in the namespace \"default\"",
            body["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_denied_user_may_do_nothing()
    {
        var (code, body) = await _cluster.GetAsync("/apis/example.test/v1/widgets", ClusterUser.Denied);
        Assert.Equal(403, code);
        Assert.Equal("widgets.example.test is forbidden: User \"denied\" cannot list resource \"widgets\" in API group \"example.test\" at the cluster scope", body["message"]!.GetValue<string>());
        Assert.Equal(403, (await _cluster.GetAsync("/apis", ClusterUser.Denied)).Code);
    }

    [Fact]
    public async Task Access_reviews_answer_for_the_user_that_asks()
    {
        const string review = """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"create","resource":"secrets"}}}""";
        var (code, body) = await _cluster.SendAsync(HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review, user: ClusterUser.Viewer);
        Assert.Equal(201, code);
        Assert.False(body["status"]!["allowed"]!.GetValue<bool>());
        (_, body) = await _cluster.PostAsync("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review);
        Assert.True(body["status"]!["allowed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_kubeconfig_names_cluster_server_and_token()
    {
        var text = _cluster.Server.Kubeconfig(ClusterUser.Viewer);
        Assert.Contains("server: " + _cluster.Server.Address.GetLeftPart(UriPartial.Authority), text, StringComparison.Ordinal);
        Assert.Contains("token: " + _cluster.Server.Token(ClusterUser.Viewer), text, StringComparison.Ordinal);
        Assert.DoesNotContain(_cluster.Server.Token(ClusterUser.Admin), text, StringComparison.Ordinal);
        // kubectl merges several kubeconfigs by name: a user called only "viewer" would be the first cluster's in all of them.
        Assert.Contains("- name: viewer@", text, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_new_definition_is_served_and_discovered_at_once()
    {
        Assert.Equal(404, (await _cluster.GetAsync("/apis/example.test/v1")).Code);
        await _cluster.InstallWidgetsAsync();
        var (code, resources) = await _cluster.GetAsync("/apis/example.test/v1");
        Assert.Equal(200, code);
        Assert.Equal(["widgets", "widgets/status"], resources["resources"]!.AsArray().Select(resource => resource!["name"]!.GetValue<string>()));
        var (_, group) = await _cluster.GetAsync("/apis/example.test");
        Assert.Equal("v1", group["preferredVersion"]!["version"]!.GetValue<string>());
        var (_, definition) = await _cluster.GetAsync(ClusterFixture.Definitions + "/widgets.example.test");
        Assert.Equal(["NamesAccepted", "Established"], definition["status"]!["conditions"]!.AsArray().Select(condition => condition!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Aggregated_discovery_is_given_to_those_who_accept_it()
    {
        await _cluster.InstallWidgetsAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/apis");
        request.Headers.TryAddWithoutValidation("Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
        using var response = await _cluster.Client().SendAsync(request);
        Assert.Equal("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", response.Content.Headers.ContentType!.ToString().Replace(" ", "", StringComparison.Ordinal));
        var items = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["items"]!.AsArray();
        var widgets = items.Single(item => item!["metadata"]!["name"]!.GetValue<string>() == "example.test")!;
        Assert.Equal(["v1", "v1alpha1"], widgets["versions"]!.AsArray().Select(version => version!["version"]!.GetValue<string>()));
    }
}
