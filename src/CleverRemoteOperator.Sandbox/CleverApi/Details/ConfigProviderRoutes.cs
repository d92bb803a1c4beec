using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Details;

/// <summary>The variables of a config provider: read, and replaced as a whole.</summary>
internal sealed partial class ConfigProviderRoutes(AddonLookup lookup, AddonStore addons)
{
    private const string Route = "/v4/addon-providers/config-provider/addons/{addonId}/env";
    private const string Segment = "config-provider";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route, (HttpContext http, string addonId) => Answer(lookup.Require(http, Segment, addonId)));
        routes.MapPut(Route, async (HttpContext http, string addonId) =>
        {
            var addon = lookup.Require(http, Segment, addonId);
            var variables = (await JsonText.ReadAsync<JsonArray>(http.Request)).Select(Read).ToList();
            return Answer(addons.Change(addon, current => current with { Variables = variables }));
        });
    }

    private static IResult Answer(Addon addon) => JsonText.AnswerList(addon.Variables.Select(AddonDocuments.Of));

    private static Variable Read(JsonNode? node)
    {
        if (node is not JsonObject json || json.Text("name") is not { } name || json.Text("value") is not { } value)
        {
            throw ApiError.V4Bad("A variable must be {\"name\": text, \"value\": text}.");
        }

        return Name().IsMatch(name) ? new Variable(name, value) : throw ApiError.V4Bad($"Invalid variable name '{name}'.");
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();
}
