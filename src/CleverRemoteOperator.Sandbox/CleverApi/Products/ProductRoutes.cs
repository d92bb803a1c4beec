using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Products;

/// <summary>Providers, plans, versions and zones: of everybody, and with <c>orgaId</c> or <c>ownerId</c> those of an organisation too.</summary>
internal sealed class ProductRoutes(ProductCatalogue catalogue, Owners owners)
{
    private const string Providers = "/v2/products/addonproviders";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Providers, (HttpContext http, string? orgaId) => JsonText.AnswerList(SeenBy(http, orgaId).Providers.Select(ProductDocuments.Of))).AllowAnonymous();
        routes.MapGet(Providers + "/{providerId}", (HttpContext http, string providerId, string? orgaId) =>
            JsonText.Answer(ProductDocuments.Of(Find(SeenBy(http, orgaId), providerId)))).AllowAnonymous();
        routes.MapGet(Providers + "/{providerId}/informations", (string providerId) => JsonText.Answer(ProductDocuments.Embedded(Find(catalogue, providerId)))).AllowAnonymous();
        routes.MapGet(Providers + "/{providerId}/versions", (string providerId) => JsonText.Answer(JsonText.Array(Find(catalogue, providerId).Versions?.Dedicated ?? []))).AllowAnonymous();
        routes.MapGet("/v2/products/zones", () => JsonText.AnswerList(catalogue.Regions.Select(region =>
            new JsonObject { ["name"] = region.Name, ["internal"] = false, ["correspondingRegion"] = region.Name }))).AllowAnonymous();
        routes.MapGet("/v4/products/zones", (HttpContext http, string? tag, string? ownerId) => JsonText.AnswerList(SeenBy(http, ownerId).Regions
            .Where(region => tag is null || region.Tags.Contains(tag)).Select(ProductDocuments.Of))).AllowAnonymous();
        routes.MapGet("/v4/products/zones/{name}", (string name) => JsonText.Answer(ProductDocuments.Of(
            catalogue.Regions.FirstOrDefault(region => region.Name == name) ?? throw ApiError.V4Missing("Unknown zone")))).AllowAnonymous();
        routes.MapGet("/v4/addon-providers/{providerId}", (string providerId) => JsonText.Answer(
            catalogue.Find(providerId) is { Versions: { } versions } provider ? ProductDocuments.Infos(provider, versions) : throw ApiError.V4Missing("Unknown add-on provider")));
    }

    /// <summary>The catalogue of the owner that is asked for, who must be the one who asks.</summary>
    /// <exception cref="ApiError">401, 403 or 404 for an owner that is not the account's.</exception>
    private ProductCatalogue SeenBy(HttpContext http, string? ownerId) => catalogue.SeenBy(ownerId is null ? null : owners.Require(http, ownerId));

    private static Provider Find(ProductCatalogue catalogue, string id) =>
        catalogue.Find(id) ?? throw ApiError.V2(404, SyntheticId.ProviderMissing, "This add-on provider does not exist.");
}
