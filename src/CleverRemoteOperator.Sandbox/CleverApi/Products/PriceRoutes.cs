using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Products;

/// <summary>The price system: what an hour of a plan costs in a zone, and what is counted. The figures are the sandbox's own.</summary>
internal sealed class PriceRoutes(ProductCatalogue catalogue, Owners owners)
{
    /// <summary>The plan nobody is told a price of.</summary>
    public const string Unpriced = "postgresql.xxl_hug";

    private const int HoursOfMonth = 720;
    private const string Cellar = "cellar.storage";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v4/billing/price-system", (string? zone_id, string? currency) => JsonText.Answer(Document(catalogue, zone_id, currency ?? "EUR"))).AllowAnonymous();
        routes.MapGet("/v4/billing/organisations/{id}/price-system", (HttpContext http, string? zone_id, string? currency) =>
            JsonText.Answer(Document(catalogue.SeenBy(owners.FromPath(http)), zone_id, currency ?? "EUR")));
    }

    private static JsonObject Document(ProductCatalogue catalogue, string? zone, string currency)
    {
        var region = catalogue.Regions.FirstOrDefault(region => region.Name == zone || ProductDocuments.ZoneId(region.Name) == zone)
            ?? throw ApiError.V4Missing("No price system for this zone.");
        return new JsonObject
        {
            ["zone_id"] = zone,
            ["currency"] = currency,
            ["runtime"] = new JsonArray([.. Offers(catalogue, region.Name).Select(Runtime)]),
            ["countable"] = new JsonArray(Countable()),
        };
    }

    private static IEnumerable<(string PriceId, Plan Plan)> Offers(ProductCatalogue catalogue, string region) =>
        from provider in catalogue.Providers
        from plan in provider.Plans
        let priceId = ProductDocuments.PriceId(provider, plan)
        where provider.ZonesOf(plan).Contains(region) && priceId != Unpriced
        select (priceId, plan);

    /// <summary>The slug is in another case than the plan's <c>price_id</c>, as it is on the platform.</summary>
    private static JsonObject Runtime((string PriceId, Plan Plan) offer) => new()
    {
        ["runtime_policy_id"] = DerivedValues.Uuid(offer.PriceId, "price"),
        ["source"] = offer.PriceId.Split('.')[0],
        ["flavor"] = offer.Plan.Slug,
        ["time_unit"] = "PT1H",
        ["price"] = Math.Round(offer.Plan.Price / HoursOfMonth, 8),
        ["slug_id"] = $"{offer.PriceId.Split('.')[0]}.{offer.Plan.Slug.ToUpperInvariant()}",
    };

    private static JsonObject Countable() => new()
    {
        ["countable_policy_id"] = DerivedValues.Uuid(Cellar, "price"),
        ["service"] = Cellar,
        ["data_unit"] = "B",
        ["data_quantity_for_price"] = new JsonObject { ["secability"] = "insecable", ["quantity"] = 1_000_000_000 },
        ["time_interval_for_price"] = null,
        ["price_plans"] = new JsonArray(
            new JsonObject { ["plan_id"] = DerivedValues.Uuid(Cellar, "free"), ["max_quantity"] = 500_000_000, ["price"] = 0 },
            new JsonObject { ["plan_id"] = DerivedValues.Uuid(Cellar, "paid"), ["max_quantity"] = null, ["price"] = 0.02 }),
    };
}
