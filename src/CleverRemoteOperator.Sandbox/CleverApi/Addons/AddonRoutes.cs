using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Products;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>The add-ons of an organisation or of the personal space.</summary>
internal sealed class AddonRoutes(AddonStore addons, ProductCatalogue catalogue)
{
    /// <summary>Maps the routes under <paramref name="group"/>; <paramref name="owner"/> says whose add-ons a request is about.</summary>
    public void Map(RouteGroupBuilder group, Func<HttpContext, string> owner)
    {
        group.MapGet("/addons", (HttpContext http) => JsonText.AnswerList(addons.ListOf(owner(http)).Select(Document)));
        group.MapPost("/addons", async (HttpContext http) =>
        {
            var ownerId = owner(http);
            var request = AddonRequest.Read(await JsonText.ReadAsync<JsonObject>(http.Request), catalogue.SeenBy(ownerId));
            return JsonText.Answer(Document(addons.Create(ownerId, request)));
        });
        group.MapGet("/addons/{addonId}", (HttpContext http, string addonId) => JsonText.Answer(Document(addons.Require(owner(http), addonId))));
        group.MapPut("/addons/{addonId}", async (HttpContext http, string addonId) =>
        {
            var addon = addons.Require(owner(http), addonId);
            var name = (await JsonText.ReadAsync<JsonObject>(http.Request)).Require("name");
            return JsonText.Answer(Document(addons.Change(addon, current => current with { Name = name })));
        });
        group.MapDelete("/addons/{addonId}", (HttpContext http, string addonId) =>
        {
            addons.Delete(addons.Require(owner(http), addonId));
            return JsonText.Answer(new JsonObject { ["id"] = SyntheticId.Deleted, ["message"] = "The addon has been deleted.", ["type"] = "success" });
        });
        group.MapGet("/addons/{addonId}/env", (HttpContext http, string addonId) =>
            JsonText.AnswerList(addons.TemplateOf(addons.Require(owner(http), addonId)).Environment().Select(AddonDocuments.Of)));
    }

    private JsonObject Document(Addon addon) => AddonDocuments.Of(addon, addons.ProviderOf(addon), addons.TemplateOf(addon).Environment());
}
