using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class ReadingTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        foreach (var (name, labels) in new[] { ("a", "\"tier\":\"web\""), ("b", "\"tier\":\"db\",\"zone\":\"1\""), ("c", "") })
        {
            Assert.Equal(201, (await _cluster.PostAsync(ConfigMaps, $$$"""{"metadata":{"labels":{ {{{labels}}} },"name":"{{{name}}}"}}""")).Code);
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData("labelSelector=tier", "a b")]
    [InlineData("labelSelector=!tier", "c")]
    [InlineData("labelSelector=tier%3Dweb", "a")]
    [InlineData("labelSelector=tier%3D%3Ddb,zone%3D1", "b")]
    [InlineData("labelSelector=tier!%3Dweb", "b c")]
    [InlineData("labelSelector=tier in (web, db),zone notin (1)", "a")]
    [InlineData("labelSelector=zone>0", "b")]
    [InlineData("labelSelector=zone<1", "")]
    [InlineData("fieldSelector=metadata.name%3Db", "b")]
    [InlineData("fieldSelector=metadata.name!%3Db,metadata.namespace%3Ddefault", "a c")]
    public async Task Selectors_choose(string query, string names)
    {
        var (code, list) = await _cluster.GetAsync($"{ConfigMaps}?{query}");
        Assert.Equal(200, code);
        Assert.Equal(names, NamesIn(list));
    }

    [Theory]
    [InlineData("labelSelector=a b", 400, "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("fieldSelector=spec.x%3Db", 400, "\"spec.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("resourceVersion=abc", 400, "invalid resource version: resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax")]
    [InlineData("resourceVersionMatch=Exact", 422, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [InlineData("watch=1&sendInitialEvents=true", 422, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]
    public async Task Wrong_queries_are_refused_in_the_servers_words(string query, int code, string message)
    {
        var (actual, status) = await _cluster.GetAsync($"{ConfigMaps}?{query}");
        Assert.Equal(message, status["message"]!.GetValue<string>());
        Assert.Equal(code, actual);
    }

    [Fact]
    public async Task Pages_show_one_consistent_state()
    {
        var (_, first) = await _cluster.GetAsync(ConfigMaps + "?limit=2");
        Assert.Equal("a b", NamesIn(first));
        Assert.Equal(1, first["metadata"]!["remainingItemCount"]!.GetValue<int>());
        await _cluster.DeleteAsync(ConfigMaps + "/c");
        await _cluster.PostAsync(ConfigMaps, """{"metadata":{"name":"d"}}""");
        var token = first["metadata"]!["continue"]!.GetValue<string>();
        var (_, second) = await _cluster.GetAsync($"{ConfigMaps}?limit=2&continue={token}");
        Assert.Equal("c", NamesIn(second));
        Assert.Equal(first["metadata"]!["resourceVersion"]!.GetValue<string>(), second["metadata"]!["resourceVersion"]!.GetValue<string>());

        _cluster.Server.ExpireHistory();
        var (code, expired) = await _cluster.GetAsync($"{ConfigMaps}?limit=2&continue={token}");
        Assert.Equal((410, "Expired"), (code, expired["reason"]!.GetValue<string>()));
        var (_, rest) = await _cluster.GetAsync($"{ConfigMaps}?continue={expired["metadata"]!["continue"]!.GetValue<string>()}");
        Assert.Equal("d", NamesIn(rest));
    }

    [Fact]
    public async Task A_version_that_is_not_there_yet_is_too_large()
    {
        using var response = await _cluster.Client().GetAsync(ConfigMaps + "?resourceVersion=999999");
        Assert.Equal(504, (int)response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        Assert.Contains("Too large resource version", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exact_version_shows_the_past()
    {
        var (_, before) = await _cluster.GetAsync(ConfigMaps);
        await _cluster.DeleteAsync(ConfigMaps + "/a");
        var version = before["metadata"]!["resourceVersion"]!.GetValue<string>();
        var (_, past) = await _cluster.GetAsync($"{ConfigMaps}?resourceVersion={version}&resourceVersionMatch=Exact");
        Assert.Equal("a b c", NamesIn(past));
    }

    [Theory]
    [InlineData("/a", "PartialObjectMetadata", "PartialObjectMetadata")]
    [InlineData("", "PartialObjectMetadataList", "PartialObjectMetadataList")]
    [InlineData("", "Table", "Table")]
    [InlineData("/a", "Table", "Table")]
    public async Task Other_forms_are_given_to_those_who_accept_them(string path, string form, string kind)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, ConfigMaps + path);
        request.Headers.TryAddWithoutValidation("Accept", $"application/json;as={form};g=meta.k8s.io;v=v1");
        using var response = await _cluster.Client().SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((200, kind), ((int)response.StatusCode, body["kind"]!.GetValue<string>()));
    }

    private static string NamesIn(JsonObject list) => string.Join(' ', list["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>()));
}
