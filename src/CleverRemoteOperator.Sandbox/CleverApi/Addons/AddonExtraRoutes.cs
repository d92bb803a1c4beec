using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.CleverApi.Products;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>What the console asks of an add-on: sign-on, linked applications, instances and prices.</summary>
internal sealed class AddonExtraRoutes(AddonStore addons, ProductCatalogue catalogue, TimeProvider timeProvider)
{
    public void Map(RouteGroupBuilder group, Func<HttpContext, string> owner)
    {
        group.MapGet("/addons/{addonId}/sso", (HttpContext http, string addonId) =>
            JsonText.Answer(SignOn(addons.Require(owner(http), addonId), Owners.AccountOf(http))));
        group.MapGet("/addons/{addonId}/applications", (HttpContext http, string addonId) =>
        {
            addons.Require(owner(http), addonId);
            return JsonText.Answer(new JsonArray());
        });
        group.MapGet("/addons/{addonId}/instances", (HttpContext http, string addonId) =>
            JsonText.AnswerList([Instance(addons.Require(owner(http), addonId))]));
        group.MapPost("/addons/preorders", async (HttpContext http) =>
        {
            var ownerId = owner(http);
            var request = AddonRequest.Read(await JsonText.ReadAsync<JsonObject>(http.Request), catalogue.SeenBy(ownerId));
            return JsonText.Answer(Invoice(ownerId, request.Provider, request.Plan));
        });
        group.MapGet("/addons/{addonId}/migrations/preorders", (HttpContext http, string addonId, string planId) =>
        {
            var ownerId = owner(http);
            var provider = addons.ProviderOf(addons.Require(ownerId, addonId));
            return JsonText.Answer(Invoice(ownerId, provider, AddonRequest.FindPlan(provider, planId)));
        });
    }

    private JsonObject SignOn(Addon addon, Account account) => new()
    {
        ["url"] = "https://sandbox.example/sso/" + addon.ProviderId,
        ["id"] = addon.RealId,
        ["timestamp"] = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
        ["token"] = DerivedValues.Text(addon.Seed, "sso-token"),
        ["signature"] = DerivedValues.Text(addon.Seed, "sso-signature"),
        ["email"] = account.Email,
        ["name"] = account.UserName,
        ["user_id"] = addon.OwnerId,
        ["userinfo_signature"] = DerivedValues.Text(addon.Seed, "sso-user"),
        ["nav-data"] = "",
    };

    private JsonObject Instance(Addon addon) => new()
    {
        ["id"] = DerivedValues.Uuid(addon.Seed, "instance"),
        ["appId"] = addon.Id,
        ["ip"] = "198.51.100.7",
        ["appPort"] = DerivedValues.Port(addon.Seed, "main"),
        ["state"] = addons.IsProvisioned(addon) ? "UP" : "BOOTING",
        ["flavor"] = new JsonObject { ["name"] = "sandbox", ["mem"] = 1024, ["cpus"] = 1, ["price"] = 0 },
        ["commit"] = null,
        ["deployNumber"] = 1,
        ["deployId"] = "deployment_" + DerivedValues.Uuid(addon.Seed, "deployment"),
        ["instanceNumber"] = 0,
        ["displayName"] = addon.Name,
        ["creationDate"] = addon.CreatedAt.ToUnixTimeMilliseconds(),
    };

    private JsonObject Invoice(string ownerId, Provider provider, Plan plan) => new()
    {
        ["ownerId"] = ownerId,
        ["target"] = ownerId,
        ["emissionDate"] = timeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
        ["name"] = provider.Name,
        ["company"] = null,
        ["VAT"] = null,
        ["type"] = "ADDON_PREORDER",
        ["lines"] = new JsonArray(new JsonObject { ["type"] = "Credits", ["description"] = plan.Name, ["quantity"] = 1, ["tva"] = 0, ["price_unit_ht"] = plan.Price, ["price_total_ht"] = plan.Price }),
    };
}
