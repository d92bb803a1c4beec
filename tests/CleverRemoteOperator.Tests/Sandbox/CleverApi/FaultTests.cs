using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class FaultTests
{
    private const string Faults = "/_sandbox/faults";

    [Fact]
    public async Task A_status_is_played_as_often_as_asked_with_its_headers_and_the_platforms_body()
    {
        await using var api = await SandboxApi.StartAsync();
        await SetAsync(api, """[{"method":"GET","route":"/v2/organisations/{anything}/addons","times":2,"status":503,"headers":{"Retry-After":"7"}}]""");

        var first = await api.Client.GetAsync(SandboxApi.Addons);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.Equal("7", Assert.Single(first.Headers.GetValues("Retry-After")));
        Assert.Contains("\"id\":-500", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/v2/self")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.Client.GetAsync(SandboxApi.Addons)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync(SandboxApi.Addons)).StatusCode);
    }

    [Theory]
    [InlineData("/v2/self", 403, "\"id\":403")]
    [InlineData("/v2/self", 401, "\"id\":2001")]
    [InlineData("/v4/products/zones", 429, "clever.core.too-many-requests")]
    public async Task The_body_is_the_one_of_the_status_and_the_family(string path, int status, string expected)
    {
        await using var api = await SandboxApi.StartAsync();
        await SetAsync(api, $$"""[{"status":{{status}}}]""");
        var response = await api.Client.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task A_dropped_creation_has_happened_or_not(string drop, int created)
    {
        await using var api = await SandboxApi.StartAsync();
        await SetAsync(api, $$"""[{"method":"POST","route":"/v2/organisations/{id}/addons","times":1,"drop":"{{drop}}"}]""");

        await Assert.ThrowsAsync<HttpRequestException>(() => api.CreateAsync());
        Assert.Equal(created, api.Server.Addons.All.Count);
        await api.CreateAsync();
        Assert.Equal(created + 1, api.Server.Addons.All.Count);
    }

    [Fact]
    public async Task A_list_says_it_is_empty_or_leaves_some_out_and_the_add_ons_are_there_all_the_same()
    {
        await using var api = await SandboxApi.StartAsync();
        var (one, two, three) = (await api.CreateAsync(name: "one"), await api.CreateAsync(name: "two"), await api.CreateAsync(name: "three"));
        await SetAsync(api, $$"""
            [{"route":"/v2/organisations/{id}/addons","times":1,"status":200,"body":"[]"},
             {"route":"/v2/organisations/{id}/addons","times":1,"hide":["{{one["id"]}}","{{three["realId"]}}"]}]
            """);

        Assert.Empty((await api.GetAsync(SandboxApi.Addons)).AsArray());
        Assert.Equal("two", (string?)Assert.Single((await api.GetAsync(SandboxApi.Addons)).AsArray())!["name"]);
        Assert.Equal(3, (await api.GetAsync(SandboxApi.Addons)).AsArray().Count);
        Assert.Equal("one", (string?)(await api.GetAsync($"{SandboxApi.Addons}/{one["id"]}"))["name"]);
        Assert.NotNull(two);
    }

    [Fact]
    public async Task Latency_holds_a_request_back_and_then_serves_it()
    {
        await using var api = await SandboxApi.StartAsync();
        await SetAsync(api, """[{"latencyMs":5000,"times":1}]""");
        var request = api.Client.GetAsync("/v2/self");
        await api.Clock.TimerCreated;

        api.Clock.Advance(TimeSpan.FromMilliseconds(4999));
        await api.GetAsync("/v2/summary");
        Assert.False(request.IsCompleted);
        api.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, (await request).StatusCode);
    }

    [Fact]
    public async Task A_hanging_request_ends_with_its_client()
    {
        await using var api = await SandboxApi.StartAsync();
        await SetAsync(api, """[{"hang":true,"times":1}]""");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.Client.GetAsync("/v2/self", patience.Token));
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/v2/self")).StatusCode);
    }

    [Theory]
    [InlineData("""{"status":500}""", "A list of fault rules")]
    [InlineData("""[{"status":500,"hang":true}]""", "rule 1: exactly one of")]
    [InlineData("""[{"status":500},{}]""", "rule 2: exactly one of")]
    [InlineData("""[null]""", "rule 1: an object is expected")]
    [InlineData("""[{"status":500,"times":0}]""", "times must be 1 or more")]
    [InlineData("""[{"status":99}]""", "status must be from 200 to 599")]
    [InlineData("""[{"drop":"later"}]""", "\\\"before\\\" or \\\"after\\\"")]
    [InlineData("""[{"status":500,"path":"/v2"}]""", "path")]
    [InlineData("""[{"status":500,"route":"/v2/{id"}]""", "no route template")]
    public async Task A_bad_rule_is_refused_and_the_old_rules_stay(string rules, string expected)
    {
        await using var api = await SandboxApi.StartAsync();
        await SetAsync(api, """[{"route":"/v2/summary","status":500}]""");
        var response = await api.Client.PutAsync(Faults, Json(rules));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("""[{"route":"/v2/summary","status":500}]""", (await api.GetAsync(Faults)).ToJsonString());
    }

    [Fact]
    public async Task Requests_are_counted_by_method_and_template_without_the_control_routes()
    {
        await using var api = await SandboxApi.StartAsync();
        await api.CreateAsync();
        await api.CreateAsync();
        await api.Client.GetAsync("/v9/nothing");
        await api.Client.GetAsync("/_sandbox/addons");

        Assert.Equal(2, api.Server.RequestCounts.Of("POST", "/v2/organisations/{id}/addons"));
        Assert.Equal(
            """[{"method":"GET","route":"(unrouted)","count":1},{"method":"POST","route":"/v2/organisations/{id}/addons","count":2}]""",
            (await api.GetAsync("/_sandbox/requests")).ToJsonString());
        await api.Client.DeleteAsync("/_sandbox/requests");
        Assert.Equal(0, api.Server.RequestCounts.Total);
    }

    [Fact]
    public async Task The_control_list_shows_the_add_ons_of_every_account()
    {
        await using var api = await SandboxApi.StartAsync();
        await api.CreateAsync(name: "first");
        await api.Other.PostAsJsonAsync($"/v2/organisations/{SandboxApi.OtherOrganisation}/addons", new { name = "second", region = "par", providerId = "postgresql-addon", plan = SandboxApi.SmallPostgreSql });
        using var anonymous = api.ClientOf(null);
        var addons = await anonymous.GetFromJsonAsync<JsonArray>("/_sandbox/addons");

        Assert.Equal(["first", "second"], addons!.Select(addon => (string)addon!["name"]!).Order());
        Assert.All(addons!, addon => Assert.Equal(("postgresql-addon", "s_sml"), ((string?)addon!["provider"], (string?)addon["plan"])));
        Assert.Equal([SandboxApi.Organisation, SandboxApi.OtherOrganisation], addons!.Select(addon => (string)addon!["organisation"]!).Order());
    }

    private static async Task SetAsync(SandboxApi api, string rules) => (await api.Client.PutAsync(Faults, Json(rules))).EnsureSuccessStatusCode();

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
