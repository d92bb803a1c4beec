using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>The tags of an add-on: read, replaced, added and removed one by one.</summary>
internal sealed class AddonTagRoutes(AddonStore addons)
{
    public void Map(RouteGroupBuilder group, Func<HttpContext, string> owner)
    {
        group.MapGet("/addons/{addonId}/tags", (HttpContext http, string addonId) => Answer(addons.Require(owner(http), addonId)));
        group.MapPut("/addons/{addonId}/tags", async (HttpContext http, string addonId) =>
        {
            var addon = addons.Require(owner(http), addonId);
            var tags = (await JsonText.ReadAsync<JsonArray>(http.Request)).Select(TextOf).Distinct().ToList();
            return Answer(addons.Change(addon, current => current with { Tags = tags }));
        });
        group.MapPut("/addons/{addonId}/tags/{tag}", (HttpContext http, string addonId, string tag) =>
            Answer(addons.Change(addons.Require(owner(http), addonId), current => current with { Tags = [.. current.Tags.Append(tag).Distinct()] })));
        group.MapDelete("/addons/{addonId}/tags/{tag}", (HttpContext http, string addonId, string tag) =>
            Answer(addons.Change(addons.Require(owner(http), addonId), current => current with { Tags = [.. current.Tags.Where(other => other != tag)] })));
    }

    private static IResult Answer(Addon addon) => JsonText.Answer(JsonText.Array(addon.Tags));

    private static string TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw ApiError.Malformed("a tag must be text.");
}
