using CleverRemoteOperator.CleverCloud;
using Microsoft.Extensions.Time.Testing;
using static CleverRemoteOperator.Tests.CleverCloud.ApiUnderTest;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CleverApiTests
{
    private const string Addon = $$"""
        {"id":"{{AddonId}}","name":"my-pg","realId":"postgresql_3","region":"par","zoneId":"z","creationDate":1767225600000,
         "provider":{"id":"postgresql-addon","name":"PostgreSQL","regions":["par"]},"configKeys":null,
         "plan":{"id":"plan_1","name":"XS Small Space","slug":"xs_sml","price":1.5,"price_id":null,"zones":["par"],
           "features":[{"name":"Type","value":"Dedicated","computable_value":"false","name_code":"is-dedicated"}]} }
        """;

    [Fact]
    public async Task The_account_is_asked_for_once()
    {
        await using var server = await CleverServer.StartAsync(200, """{"id":"user_1","email":"dev@example.com","name":null}""");
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.Equal("user_1", await client.Api.GetAccountIdAsync(CancellationToken.None));
        Assert.Equal("user_1", await client.Api.GetAccountIdAsync(CancellationToken.None));

        Assert.Equal("GET /v2/self", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task An_account_that_may_not_be_told_is_none_and_is_asked_for_again_after_10_min()
    {
        var time = new FakeTimeProvider();
        await using var server = await CleverServer.StartAsync(403, """{"id":4003,"message":"Not allowed","type":"error"}""");
        using var client = new ApiUnderTest(server.Endpoint, time);

        Assert.Null(await client.Api.GetAccountIdAsync(CancellationToken.None));
        Assert.Null(await client.Api.GetAccountIdAsync(CancellationToken.None));
        Assert.Single(server.Requests);

        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(await client.Api.GetAccountIdAsync(CancellationToken.None));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_addon_is_created_with_what_was_asked_for()
    {
        await using var server = await CleverServer.StartAsync(200, Addon);
        using var client = new ApiUnderTest(server.Endpoint);

        var addon = await client.CreateAsync();

        Assert.Equal((AddonId, "postgresql_3", "my-pg", "par", "postgresql-addon"), (addon.Id, addon.RealId, addon.Name, addon.Region, addon.ProviderId));
        Assert.Equal(("plan_1", "xs_sml", 1.5, false), (addon.Plan.Id, addon.Plan.Slug, addon.Plan.Price, addon.Plan.IsShared));
        var request = Assert.Single(server.Requests);
        Assert.Equal($"POST /v2/organisations/{Organisation}/addons", request.Line);
        Assert.Equal(
            """{"name":"kubernetes::PostgreSQL::1","region":"par","providerId":"postgresql-addon","plan":"plan_1","options":{"version":"15"}}""",
            request.Body);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.StartsWith("clever-remote-operator/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.StartsWith("OAuth oauth_consumer_key=\"consumer-key\"", request.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_survives_nulls_and_what_is_left_out()
    {
        await using var server = await CleverServer.StartAsync(200, """[null,{"id":"addon_1"},{"id":"addon_2","plan":{"features":null,"zones":[null]},"provider":null}]""");
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.Equal(["addon_1", "addon_2"], (await client.ListAsync()).Select(addon => addon.Id));
        Assert.Equal($"GET /v2/organisations/{Organisation}/addons", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task A_list_with_an_addon_that_cannot_be_told_is_no_list()
    {
        await using var server = await CleverServer.StartAsync(200, """[{"id":"addon_1"},{"name":"no id"}]""");
        using var client = new ApiUnderTest(server.Endpoint);

        await Assert.ThrowsAsync<CleverApiException>(client.ListAsync);
    }

    [Fact]
    public async Task A_list_of_more_than_4_MiB_is_read()
    {
        var addons = Enumerable.Range(0, 5000).Select(i => $$"""{"id":"addon_{{i}}","filler":"{{new string('x', 1000)}}"}""");
        await using var server = await CleverServer.StartAsync(200, $"[{string.Join(',', addons)}]");
        using var client = new ApiUnderTest(server.Endpoint, TimeProvider.System);

        Assert.Equal(5000, (await client.ListAsync()).Count);
    }

    [Fact]
    public async Task An_addon_the_api_does_not_know_is_null_and_its_deletion_false()
    {
        await using var server = await CleverServer.StartAsync(404, """{"id":11001,"message":"This addon does not exist.","type":"error"}""");
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.Null(await client.FindAsync());
        Assert.False(await client.Api.DeleteAddonAsync(Organisation, AddonId, CancellationToken.None));
    }

    [Fact]
    public async Task A_404_of_a_gateway_says_nothing_about_an_addon()
    {
        await using var server = await CleverServer.StartAsync(404, "<html>no such route</html>");
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.True((await Assert.ThrowsAsync<CleverApiException>(client.FindAsync)).CanRetry);
        await Assert.ThrowsAsync<CleverApiException>(() => client.Api.DeleteAddonAsync(Organisation, AddonId, CancellationToken.None));
    }

    [Fact]
    public async Task A_deletion_ignores_what_the_answer_says()
    {
        await using var server = await CleverServer.StartAsync(200, "whatever");
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.True(await client.Api.DeleteAddonAsync(Organisation, AddonId, CancellationToken.None));
        Assert.Equal($"DELETE /v2/organisations/{Organisation}/addons/{AddonId}", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task A_renaming_sends_the_name_alone_and_gives_what_the_api_shows_then()
    {
        await using var server = await CleverServer.StartAsync(200, Addon.Replace("my-pg", "shown \u00e9", StringComparison.Ordinal));
        server.First(CleverServer.Answer(503, ""));
        using var client = new ApiUnderTest(server.Endpoint);

        var addon = await client.Api.RenameAddonAsync(Organisation, AddonId, "kubernetes::PostgreSQL::1::a/\"b\"", CancellationToken.None);

        Assert.Equal((AddonId, "shown é", "postgresql_3", "plan_1"), (addon.Id, addon.Name, addon.RealId, addon.Plan.Id));
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(
            ($"PUT /v2/organisations/{Organisation}/addons/{AddonId}", """{"name":"kubernetes::PostgreSQL::1::a/\u0022b\u0022"}"""),
            (server.Requests.Last().Line, server.Requests.Last().Body));
    }

    [Fact]
    public async Task A_renaming_of_what_is_not_there_is_not_found()
    {
        await using var server = await CleverServer.StartAsync(404, """{"id":11001,"message":"This addon does not exist.","type":"error"}""");
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => client.Api.RenameAddonAsync(Organisation, AddonId, "new", CancellationToken.None));

        Assert.Equal((true, false, "11001"), (failure.IsNotFound, failure.CanRetry, failure.ErrorId));
    }

    [Fact]
    public async Task An_environment_becomes_names_and_values()
    {
        await using var server = await CleverServer.StartAsync(200, """[{"name":"HOST","value":"h"},{"name":"PORT","value":5432},{"name":"EMPTY","value":null},{"name":null,"value":"x"},null]""");
        using var client = new ApiUnderTest(server.Endpoint);

        var environment = await client.Api.GetEnvironmentAsync(Organisation, AddonId, CancellationToken.None);

        Assert.Equal(new Dictionary<string, string> { ["HOST"] = "h", ["PORT"] = "5432", ["EMPTY"] = "" }, environment);
        Assert.Equal($"GET /v2/organisations/{Organisation}/addons/{AddonId}/env", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Variables_are_replaced_as_a_whole()
    {
        await using var server = await CleverServer.StartAsync(200, "[]");
        using var client = new ApiUnderTest(server.Endpoint);

        await client.Api.SetVariablesAsync("config_1", new Dictionary<string, string> { ["A"] = "1" }, CancellationToken.None);
        Assert.Empty(await client.Api.GetVariablesAsync("config_1", CancellationToken.None));

        Assert.Equal(
            [("PUT /v4/addon-providers/config-provider/addons/config_1/env", """[{"name":"A","value":"1"}]"""),
             ("GET /v4/addon-providers/config-provider/addons/config_1/env", "")],
            server.Requests.Select(request => (request.Line, request.Body)));
    }

    [Fact]
    public async Task A_refusal_of_variables_shows_none_of_their_values()
    {
        await using var server = await CleverServer.StartAsync(400, """{"error":"bad value hunter2-hunter2 of 1 variable","code":"clever.core.bad-request"}""");
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => client.Api.SetVariablesAsync(
            "config_1", new Dictionary<string, string> { ["A"] = "hunter2-hunter2", ["B"] = "1" }, CancellationToken.None));

        Assert.Contains("bad value *** of 1 variable", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/../../v2/self")]
    [InlineData("a?b")]
    [InlineData("%2e%2e")]
    [InlineData("")]
    [InlineData("addon_1\n")]
    public async Task What_is_no_id_never_reaches_a_path(string id)
    {
        await using var server = await CleverServer.StartAsync(200, Addon);
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.Null(await client.Api.FindAddonAsync(Organisation, id, CancellationToken.None));
        var failure = await Assert.ThrowsAsync<CleverApiException>(() => client.Api.ListAddonsAsync(id, CancellationToken.None));

        Assert.False(failure.CanRetry);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_observer_hears_the_route_and_never_the_ids()
    {
        await using var server = await CleverServer.StartAsync(200, Addon);
        using var client = new ApiUnderTest(server.Endpoint);

        await client.FindAsync();

        Assert.Equal("GET /v2/organisations/{organisation}/addons/{addon} 200", Assert.Single(client.Seen));
    }
}
