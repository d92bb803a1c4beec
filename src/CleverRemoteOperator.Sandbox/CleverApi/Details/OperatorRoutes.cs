using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Details;

/// <summary>The actions of Keycloak, Matomo, Metabase and Otoroshi add-ons.</summary>
internal sealed class OperatorRoutes(AddonLookup lookup, AddonStore addons)
{
    private const string Route = "/v4/addon-providers/{segment}/addons/{addonId}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Route + "/reboot", Accept);
        routes.MapPost(Route + "/rebuild", Accept);
        routes.MapGet(Route + "/version/check", (HttpContext http, string segment, string addonId) =>
            JsonText.Answer(Check(lookup.Require(http, segment, addonId))));
        routes.MapPost(Route + "/version/update", async (HttpContext http, string segment, string addonId) =>
        {
            var addon = lookup.Require(http, segment, addonId);
            var target = (await JsonText.ReadAsync<JsonObject>(http.Request)).Require("targetVersion");
            if (!Available(addon).Contains(target))
            {
                throw ApiError.V4Bad($"Version '{target}' is not available; available are: {string.Join(", ", Available(addon))}");
            }

            return JsonText.Answer(addons.TemplateOf(addons.Change(addon, current => current with { Version = target })).Detail());
        });

        IResult Accept(HttpContext http, string segment, string addonId)
        {
            lookup.Require(http, segment, addonId);
            return Results.NoContent();
        }
    }

    private JsonObject Check(Addon addon) => new()
    {
        ["installed"] = addon.Version,
        ["available"] = JsonText.Array(Available(addon)),
        ["latest"] = Latest(addon),
        ["needUpdate"] = addon.Version != Latest(addon),
    };

    private string? Latest(Addon addon) => Available(addon) is [.., var latest] ? latest : null;

    private IReadOnlyList<string> Available(Addon addon) => addons.ProviderOf(addon).Versions?.Dedicated ?? [];
}
