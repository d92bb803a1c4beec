using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Products;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class ProductRoutesTests
{
    private const string Providers = "/v2/products/addonproviders";
    private const string Prices = "/v4/billing/price-system";
    private static readonly string PersonalSpace = "user_" + SandboxApi.Organisation["orga_".Length..];

    [Theory]
    [InlineData("", false)]
    [InlineData("?orgaId=" + SandboxApi.Organisation, true)]
    public async Task Private_regions_and_plans_are_seen_with_the_organisations_id_only(string query, bool seen)
    {
        await using var api = await SandboxApi.StartAsync();

        var redis = (await api.GetAsync(Providers + query)).AsArray().Single(provider => (string?)provider!["id"] == "redis-addon")!;

        Assert.Equal(seen, redis["regions"]!.AsArray().Any(region => (string?)region == "private-par"));
        Assert.Equal(seen, redis["plans"]!.AsArray().Any(plan => (string?)plan!["slug"] == "private"));
        Assert.Equal(seen, redis["plans"]!.AsArray().Single(plan => (string?)plan!["slug"] == "s_mono")!["zones"]!.AsArray().Any(zone => (string?)zone == "private-par"));
    }

    [Fact]
    public async Task Who_may_not_ask_for_an_organisation_is_told()
    {
        await using var api = await SandboxApi.StartAsync();
        using var anonymous = api.ClientOf(null);

        Assert.Equal(HttpStatusCode.Forbidden, (await api.Client.GetAsync($"{Providers}?orgaId={SandboxApi.OtherOrganisation}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.GetAsync($"{Providers}?orgaId=orga_unknown")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync($"{Providers}?orgaId={SandboxApi.Organisation}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(Providers)).StatusCode);
    }

    [Fact]
    public async Task A_private_plan_is_sold_to_an_organisation_and_refused_to_a_personal_space()
    {
        await using var api = await SandboxApi.StartAsync();
        var request = new { name = "p", region = "private-par", providerId = "redis-addon", plan = "plan_6a1b7c0e-52f3-4d0e-8f43-9d3a7e5b2c10" };

        var sold = await api.Client.PostAsJsonAsync(SandboxApi.Addons, request);
        var refused = await api.Client.PostAsJsonAsync($"/v2/organisations/{PersonalSpace}/addons", request);

        Assert.Equal("private", (string?)(await sold.Content.ReadFromJsonAsync<JsonNode>())!["plan"]!["slug"]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Single((await api.GetAsync(SandboxApi.Addons)).AsArray());
    }

    [Fact]
    public async Task The_price_of_an_hour_is_found_by_the_plans_price_id_but_for_case()
    {
        await using var api = await SandboxApi.StartAsync();
        using var anonymous = api.ClientOf(null);
        var prices = (await anonymous.GetFromJsonAsync<JsonNode>($"{Prices}?zone_id=par&currency=EUR"))!;
        var plan = (await api.GetAsync(Providers))[0]!["plans"]!.AsArray().Single(plan => (string?)plan!["slug"] == "xs_sml")!;

        var item = Assert.Single(prices["runtime"]!.AsArray(), item => string.Equals((string?)item!["slug_id"], (string?)plan["price_id"], StringComparison.OrdinalIgnoreCase))!;

        Assert.NotEqual((string?)plan["price_id"], (string?)item["slug_id"]);
        Assert.Equal((0.01388889m, "PT1H"), ((decimal)item["price"]!, (string?)item["time_unit"]));
        Assert.Equal("cellar.storage", (string?)Assert.Single(prices["countable"]!.AsArray())!["service"]);
        Assert.DoesNotContain(prices["runtime"]!.AsArray(), item => string.Equals((string?)item!["slug_id"], PriceRoutes.Unpriced, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Private_plans_have_a_price_for_their_organisation_and_an_unknown_zone_has_none()
    {
        await using var api = await SandboxApi.StartAsync();

        var prices = await api.GetAsync($"/v4/billing/organisations/{SandboxApi.Organisation}/price-system?zone_id=private-par");

        Assert.Contains("postgresql.PRIVATE_BIG", prices["runtime"]!.AsArray().Select(item => (string?)item!["slug_id"]));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.GetAsync($"{Prices}?zone_id=private-par")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.Other.GetAsync($"/v4/billing/organisations/{SandboxApi.Organisation}/price-system?zone_id=par")).StatusCode);
    }
}
