using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Products;

/// <summary>Providers, plans, versions and zones.</summary>
internal static class ProductRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ProductCatalogue catalogue)
    {
        routes.MapGet("/v2/products/addonproviders", () => JsonText.AnswerList(catalogue.Providers.Select(ProductDocuments.Of))).AllowAnonymous();
        routes.MapGet("/v2/products/addonproviders/{providerId}", (string providerId) => JsonText.Answer(ProductDocuments.Of(Find(providerId)))).AllowAnonymous();
        routes.MapGet("/v2/products/addonproviders/{providerId}/informations", (string providerId) => JsonText.Answer(ProductDocuments.Embedded(Find(providerId)))).AllowAnonymous();
        routes.MapGet("/v2/products/addonproviders/{providerId}/versions", (string providerId) => JsonText.Answer(JsonText.Array(Find(providerId).Versions?.Dedicated ?? []))).AllowAnonymous();
        routes.MapGet("/v2/products/zones", () => JsonText.AnswerList(catalogue.Regions.Select(region =>
            new JsonObject { ["name"] = region.Name, ["internal"] = false, ["correspondingRegion"] = region.Name }))).AllowAnonymous();
        routes.MapGet("/v4/products/zones", (string? tag) => JsonText.AnswerList(catalogue.Regions
            .Where(region => tag is null || region.Tags.Contains(tag)).Select(ProductDocuments.Of))).AllowAnonymous();
        routes.MapGet("/v4/products/zones/{name}", (string name) => JsonText.Answer(ProductDocuments.Of(
            catalogue.Regions.FirstOrDefault(region => region.Name == name) ?? throw ApiError.V4Missing("Unknown zone")))).AllowAnonymous();
        routes.MapGet("/v4/addon-providers/{providerId}", (string providerId) => JsonText.Answer(
            catalogue.Find(providerId) is { Versions: { } versions } provider ? ProductDocuments.Infos(provider, versions) : throw ApiError.V4Missing("Unknown add-on provider")));

        Provider Find(string id) => catalogue.Find(id) ?? throw ApiError.V2(404, SyntheticId.ProviderMissing, "This add-on provider does not exist.");
    }
}
