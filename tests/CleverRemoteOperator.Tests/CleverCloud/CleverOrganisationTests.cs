using System.Net;
using CleverRemoteOperator.CleverCloud;
using static CleverRemoteOperator.Tests.CleverCloud.ApiUnderTest;
using static CleverRemoteOperator.Tests.CleverCloud.CleverServer;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CleverOrganisationTests
{
    private const string Prices = """
        {"zone_id":"par","currency":"EUR","runtime":[null,
          {"slug_id":"postgresql.XS_SML","time_unit":"PT1H","price":0.02},{"slug_id":"postgresql.xs_sml","time_unit":"PT1H","price":9},
          {"slug_id":"postgresql.DAILY","time_unit":"P1D","price":2.4},{"slug_id":"postgresql.FREE","time_unit":"PT1H","price":0},
          {"slug_id":"postgresql.ODD","time_unit":"sometimes","price":1},{"slug_id":"postgresql.NEVER","time_unit":"PT0S","price":1},
          {"slug_id":"postgresql.BACK","time_unit":"PT1H","price":-1},{"slug_id":"postgresql.NONE","time_unit":"PT1H","price":null},{"time_unit":"PT1H","price":1}],
         "countable":[{"service":"cellar.storage"},null,{"service":null}]}
        """;

    private const string PricesPath = $"GET /v4/billing/organisations/{Organisation}/price-system?zone_id=par";
    private const string Webhooks = $"/v2/notifications/webhooks/{Organisation}";

    private readonly ImpatientTime _time = new();

    [Fact]
    public async Task A_price_is_found_by_the_plans_price_id_whatever_its_case_and_one_that_is_not_known_is_not_0()
    {
        await using var server = await StartAsync(200, Prices);
        using var client = new ApiUnderTest(server.Endpoint, _time);

        var prices = await PricesAsync(client);

        Assert.Equal(("EUR", false), (prices.Currency, prices.ArePublic));
        Assert.Equal((0.02m, 14.4m), (prices.HourlyOf(Plan("postgresql.xs_sml")), prices.MonthlyOf(Plan("postgresql.xs_sml"))));
        Assert.Equal((0.1m, 0m), (prices.HourlyOf(Plan("postgresql.daily")), prices.HourlyOf(Plan("postgresql.free"))));
        Assert.All([Plan("postgresql.odd"), Plan("postgresql.never"), Plan("postgresql.back"), Plan("postgresql.none"), Plan(null)], plan => Assert.Null(prices.MonthlyOf(plan)));
        Assert.Equal(["cellar.storage"], prices.ByUse);
    }

    [Fact]
    public async Task Prices_are_asked_for_once_a_day_an_organisation_and_zone()
    {
        await using var server = await StartAsync(200, Prices);
        using var client = new ApiUnderTest(server.Endpoint, _time);

        await PricesAsync(client);
        _time.Advance(TimeSpan.FromHours(23));
        await PricesAsync(client);
        Assert.Equal(PricesPath, Assert.Single(server.Requests).Line);
        await client.Api.GetPricesAsync(Organisation, "r b&x", CancellationToken.None);
        Assert.EndsWith("?zone_id=r%20b%26x", server.Requests.Last().Line, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromHours(2));
        await PricesAsync(client);

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Prices_that_may_not_be_read_are_everybodys_and_say_so(int status)
    {
        await using var server = await StartAsync(200, Prices);
        server.First(Answer(status, """{"code":"clever.core.forbidden","error":"no"}"""));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        var prices = await PricesAsync(client);

        Assert.True(prices.ArePublic);
        Assert.Equal(0.02m, prices.HourlyOf(Plan("postgresql.xs_sml")));
        Assert.Equal([PricesPath, "GET /v4/billing/price-system?zone_id=par&currency=EUR"], server.Requests.Select(request => request.Line));
        Assert.False(server.Requests.Last().Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task A_zone_without_prices_has_none()
    {
        await using var server = await StartAsync(404, """{"code":"clever.core.not-found","error":"no"}""");
        using var client = new ApiUnderTest(server.Endpoint, _time);

        Assert.Null((await PricesAsync(client)).HourlyOf(Plan("postgresql.xs_sml")));
    }

    [Theory]
    [InlineData("""{"token":"t","expirationDate":1767225600000}""", true)]
    [InlineData("""[{"expirationDate":"2026-01-01T00:00:00Z"}]""", true)]
    [InlineData("""{"expirationDate":null}""", false)]
    [InlineData("""{"expirationDate":9999999999999999}""", false)]
    [InlineData("""[{"expirationDate":1},{"expirationDate":2}]""", false)]
    [InlineData("[]", false)]
    [InlineData("7", false)]
    public async Task The_end_of_the_token_is_read_of_an_object_or_the_only_one_of_a_list(string answer, bool isTold)
    {
        await using var server = await StartAsync(200, answer);
        using var client = new ApiUnderTest(server.Endpoint);

        var end = await client.Api.GetTokenExpiryAsync(CancellationToken.None);

        Assert.Equal(isTold ? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) : null, end);
        Assert.Equal("GET /v2/self/tokens/current", Assert.Single(server.Requests).Line);
    }

    [Theory]
    [InlineData(403, """{"id":1504,"message":"This token’s scope is invalid.","type":"error"}""", true)]
    [InlineData(404, "{}", true)]
    [InlineData(403, """{"id":403,"message":"You have performed that request too much.","type":"error"}""", false)]
    [InlineData(401, """{"id":2001,"message":"Not connected","type":"error"}""", false)]
    public async Task Who_may_not_hear_when_the_token_ends_does_not_and_bad_credentials_are_a_failure(int status, string body, bool isNull)
    {
        await using var server = await StartAsync(status, body);
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Record.ExceptionAsync(async () => Assert.Null(await client.Api.GetTokenExpiryAsync(CancellationToken.None)));

        Assert.Equal(isNull, failure is null);
        Assert.True(failure is null or CleverApiException { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized });
    }

    [Fact]
    public async Task A_webhook_is_made_listed_and_deleted()
    {
        const string Made = """{"id":"webhook_1","ownerId":"o","name":"n","urls":[{"format":"raw","url":"https://operator.example/hook"},null],"events":["ADDON_CREATION"],"state":"ENABLED"}""";
        await using var server = await StartAsync(404, """{"id":1,"message":"none","type":"error"}""");
        server.First(Answer(200, Made), Answer(200, $"[{Made}]"), Answer(204, ""));
        using var client = new ApiUnderTest(server.Endpoint);
        var api = client.Api;

        var made = await api.CreateWebhookAsync(Organisation, Request(), CancellationToken.None);
        var listed = Assert.Single(await api.ListWebhooksAsync(Organisation, CancellationToken.None));

        Assert.Equal(("webhook_1", "n", "ENABLED", "https://operator.example/hook"), (made.Id, made.Name, made.State, Assert.Single(made.Urls)));
        Assert.Equal(made.Id, listed.Id);
        Assert.True(await api.DeleteWebhookAsync(Organisation, made.Id, CancellationToken.None));
        Assert.False(await api.DeleteWebhookAsync(Organisation, made.Id, CancellationToken.None));
        Assert.Equal($"POST {Webhooks}, GET {Webhooks}, DELETE {Webhooks}/webhook_1, DELETE {Webhooks}/webhook_1", string.Join(", ", server.Requests.Select(request => request.Line)));
        Assert.Equal(
            """{"name":"operator","urls":[{"format":"raw","url":"https://operator.example/hooks/synthetic-path-secret"}],"events":["ADDON_CREATION","ADDON_DELETION"]}""",
            server.Requests.First().Body);
    }

    [Fact]
    public async Task The_address_of_a_webhook_is_in_no_message()
    {
        await using var server = await StartAsync(
            context => Answer(400, """{"id":1,"message":"cannot take https://operator.example/hooks/synthetic-path-secret nor https:\\/\\/operator.example\\/hooks\\/synthetic-path-secret"}""")(context));
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => client.Api.CreateWebhookAsync(Organisation, Request(), CancellationToken.None));

        Assert.Contains("cannot take", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("synthetic-path-secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("synthetic-path-secret", Request().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hook", new CleverWebhook("w", "", ["https://a.example/hook"], [], null).ToString()["webhook".Length..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clusters_are_listed_whatever_is_left_out()
    {
        await using var server = await StartAsync(200, """
            [null,{"id":"kubernetes_1","name":"prod","status":"ACTIVE","version":"1.36","locationId":"par","tags":["team:a",null]},{"id":"kubernetes_2","status":null,"tags":null}]
            """);
        using var client = new ApiUnderTest(server.Endpoint);

        var clusters = await client.Api.ListClustersAsync(Organisation, CancellationToken.None);

        Assert.Equal(["kubernetes_1 prod ACTIVE 1.36 par team:a", "kubernetes_2     "], clusters.Select(cluster =>
            $"{cluster.Id} {cluster.Name} {cluster.Status} {cluster.Version} {cluster.Region} {string.Join(',', cluster.Tags)}"));
        Assert.Equal($"GET /v4/kubernetes/organisations/{Organisation}/clusters", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task A_kubeconfig_is_read_as_it_is_and_not_beyond_1_MiB()
    {
        await using var server = await StartAsync(200, new string('#', 2 * 1024 * 1024));
        server.First(Answer(200, "kind: Config # é\n"));
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.Equal("kind: Config # é\n", await client.Api.GetKubeconfigAsync(Organisation, "kubernetes_1", CancellationToken.None));
        await Assert.ThrowsAsync<CleverApiException>(() => client.Api.GetKubeconfigAsync(Organisation, "kubernetes_1", CancellationToken.None));

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(
            ($"GET /v4/kubernetes/organisations/{Organisation}/clusters/kubernetes_1/kubeconfig.yaml", "application/yaml"),
            (server.Requests.First().Line, server.Requests.First().Headers["Accept"]));
    }

    private static CleverWebhookRequest Request() =>
        new("operator", new Uri("https://operator.example/hooks/synthetic-path-secret"), ["ADDON_CREATION", "ADDON_DELETION"]);

    private static CleverPlan Plan(string? priceId) => new("p", "s", "n", 0, [], false) { PriceId = priceId };

    private static Task<CleverPrices> PricesAsync(ApiUnderTest client) => client.Api.GetPricesAsync(Organisation, "par", CancellationToken.None);
}
