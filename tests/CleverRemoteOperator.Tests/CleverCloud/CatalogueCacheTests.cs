using CleverRemoteOperator.CleverCloud;
using Microsoft.AspNetCore.Http;
using static CleverRemoteOperator.Tests.CleverCloud.CleverServer;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CatalogueCacheTests
{
    private const string Providers = """
        [null,{"id":"postgresql-addon","name":"PostgreSQL","status":"RELEASE","regions":["mtl","par"],"features":null,
          "plans":[null,{"id":null},
            {"id":"plan_dev","name":"DEV","slug":"dev","price":0.0,"price_id":null,"zones":null,
             "features":[null,{"name":"Max DB size","value":null},{"name":"TYPE","type":"BOOLEAN_SHARED","value":"Shared","computable_value":null}]},
            {"id":"plan_xs","name":"XS","slug":"xs_sml","price":1.5,"zones":["par"],
             "features":[{"name":"Type","value":"Dedicated","computable_value":"false","name_code":"is-dedicated"},{"name":"CPU","value":1}]}]},
         {"id":"kv","name":"KV"}]
        """;

    private const string Infos = """
        {"providerId":"postgresql-addon","clusters":[{"zone":"par","version":15,"features":[]},{"zone":null},null],
         "dedicated":{"14":{"features":[]},"17":[]},"defaultDedicatedVersion":"17"}
        """;

    private readonly ImpatientTime _time = new();

    [Fact]
    public async Task The_catalogue_is_read_whatever_is_left_out()
    {
        await using var server = await StartAsync(200, Providers);
        using var client = new ApiUnderTest(server.Endpoint, _time);

        var providers = await ProvidersAsync(client);

        Assert.Equal(["postgresql-addon", "kv"], providers.Select(provider => provider.Id));
        Assert.Equal(["mtl", "par"], providers[0].Regions);
        Assert.Equal(
            [("plan_dev", "dev", 0, 0, true), ("plan_xs", "xs_sml", 1.5, 1, false)],
            providers[0].Plans.Select(plan => (plan.Id, plan.Slug, plan.Price, plan.Zones.Count, plan.IsShared)));
        Assert.Empty(providers[1].Plans);
        Assert.Equal($"GET /v2/products/addonproviders?orgaId={ApiUnderTest.Organisation}", Assert.Single(server.Requests).Line);
        Assert.Equal("GET /v2/products/addonproviders 200", Assert.Single(client.Seen));
    }

    [Fact]
    public async Task The_catalogue_is_asked_for_once_in_10_minutes()
    {
        await using var server = await StartAsync(200, Providers);
        using var client = new ApiUnderTest(server.Endpoint, _time);

        await ProvidersAsync(client);
        _time.Advance(TimeSpan.FromSeconds(599));
        await ProvidersAsync(client);
        Assert.Single(server.Requests);

        _time.Advance(TimeSpan.FromSeconds(2));
        await ProvidersAsync(client);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_request_and_one_who_leaves_stops_no_other()
    {
        var arrived = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var server = await StartAsync(async context =>
        {
            arrived.SetResult();
            await go.Task;
            await context.Response.WriteAsync(Providers);
        });
        using var client = new ApiUnderTest(server.Endpoint, _time);
        using var impatient = new CancellationTokenSource();

        var leaver = client.Api.GetProvidersAsync(ApiUnderTest.Organisation, impatient.Token);
        var stayers = Enumerable.Range(0, 50).Select(_ => ProvidersAsync(client)).ToList();
        await arrived.Task;
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        go.SetResult();

        Assert.All(await Task.WhenAll(stayers), providers => Assert.Equal(2, providers.Count));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Each_organisation_has_its_own_catalogue()
    {
        await using var server = await StartAsync(context => context.Response.WriteAsync($$"""[{"id":"{{context.Request.Query["orgaId"]}}"}]"""));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        foreach (var organisation in new[] { "orga_1", "orga_2", "orga_1" })
        {
            Assert.Equal(organisation, Assert.Single(await ProvidersAsync(client, organisation)).Id);
        }

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task However_many_organisations_are_named_64_are_kept_and_those_in_use_among_them()
    {
        await using var server = await StartAsync(200, Providers);
        using var client = new ApiUnderTest(server.Endpoint, _time, new CleverApiOptions { Burst = 1000 });
        foreach (var i in Enumerable.Range(0, 200))
        {
            await ProvidersAsync(client, $"orga_{i}");
            await ProvidersAsync(client, "orga_used");
        }

        Assert.Equal(201, server.Requests.Count);
        await ProvidersAsync(client, "orga_199");
        await ProvidersAsync(client, "orga_137");
        Assert.Equal(201, server.Requests.Count);
        await ProvidersAsync(client, "orga_136");
        Assert.Equal(202, server.Requests.Count);
    }

    [Theory]
    [InlineData(403, """{"id":1504,"message":"This token’s scope is invalid.","type":"error"}""")]
    [InlineData(404, """{"id":99001,"message":"This organisation does not exist.","type":"error"}""")]
    public async Task An_account_that_may_not_read_the_catalogue_gets_the_public_one_asked_for_once_without_credentials(int status, string body)
    {
        await using var server = await StartAsync(context => context.Request.Query.ContainsKey("orgaId") ? Answer(status, body)(context)
            : context.Response.WriteAsync(Providers));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        var one = await client.Api.GetProvidersAsync("orga_1", CancellationToken.None);
        var two = await client.Api.GetProvidersAsync("orga_2", CancellationToken.None);
        await client.Api.GetProvidersAsync("orga_1", CancellationToken.None);

        Assert.Same(one.Providers, two.Providers);
        Assert.Contains($"{status}", one.PublicBecause, StringComparison.Ordinal);
        Assert.Equal(
            [("GET /v2/products/addonproviders?orgaId=orga_1", true), ("GET /v2/products/addonproviders", false), ("GET /v2/products/addonproviders?orgaId=orga_2", true)],
            server.Requests.Select(request => (request.Line, request.Headers.ContainsKey("Authorization"))));
    }

    [Theory]
    [InlineData(401, "")]
    [InlineData(403, """{"id":403,"message":"You have performed that request too much.","type":"error"}""")]
    [InlineData(404, "<html>no such route</html>")]
    [InlineData(500, "")]
    public async Task What_says_nothing_of_rights_is_a_failure_of_the_catalogue(int status, string body)
    {
        await using var server = await StartAsync(context => context.Request.Query.ContainsKey("orgaId") ? Answer(status, body)(context)
            : context.Response.WriteAsync(Providers));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        Assert.Equal(status, (int?)(await Assert.ThrowsAsync<CleverApiException>(() => ProvidersAsync(client))).Status);
    }

    [Fact]
    public async Task A_public_catalogue_that_wants_credentials_does_not_stop_the_account()
    {
        await using var server = await StartAsync(200, "[]");
        server.First(Answer(403, ""), Answer(401, ""));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        await Assert.ThrowsAsync<CleverApiException>(() => ProvidersAsync(client));

        Assert.Empty(await client.ListAsync());
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        await using var server = await StartAsync(200, Providers);
        server.First(Answer(400, ""));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        await Assert.ThrowsAsync<CleverApiException>(() => ProvidersAsync(client));

        Assert.Equal(2, (await ProvidersAsync(client)).Count);
    }

    [Fact]
    public async Task Versions_are_read_and_kept()
    {
        await using var server = await StartAsync(200, Infos);
        using var client = new ApiUnderTest(server.Endpoint, _time);

        var versions = await VersionsAsync(client);
        await VersionsAsync(client);

        Assert.Equal(["14", "17"], versions!.Dedicated);
        Assert.Equal(new Dictionary<string, string> { ["par"] = "15" }, versions.Shared);
        Assert.Equal("17", versions.Default);
        Assert.Equal("GET /v4/addon-providers/postgresql-addon", Assert.Single(server.Requests).Line);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(403, """{"id":1504,"message":"This token’s scope is invalid."}""")]
    [InlineData(500, "")]
    [InlineData(200, "nonsense")]
    public async Task A_provider_that_does_not_tell_its_versions_has_none_for_a_minute(int status, string body)
    {
        await using var server = await StartAsync(200, Infos);
        server.First(Enumerable.Repeat(Answer(status, body), status == 404 || status == 403 ? 1 : 4));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        Assert.Null(await VersionsAsync(client));
        Assert.Null(await VersionsAsync(client));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await VersionsAsync(client));
    }

    [Fact]
    public async Task Bad_credentials_and_no_answer_are_failures_of_the_versions_too()
    {
        await using var server = await StartAsync(401, "");
        using var client = new ApiUnderTest(server.Endpoint, _time);

        await Assert.ThrowsAsync<CleverApiException>(() => VersionsAsync(client));
        server.Then(DropAsync);
        await Assert.ThrowsAsync<CleverApiException>(() => VersionsAsync(client));
    }

    private static async Task<IReadOnlyList<CleverProvider>> ProvidersAsync(ApiUnderTest client, string organisation = ApiUnderTest.Organisation) =>
        (await client.Api.GetProvidersAsync(organisation, CancellationToken.None)).Providers;

    private static Task<CleverProviderVersions?> VersionsAsync(ApiUnderTest client) =>
        client.Api.GetVersionsAsync("postgresql-addon", CancellationToken.None);
}
