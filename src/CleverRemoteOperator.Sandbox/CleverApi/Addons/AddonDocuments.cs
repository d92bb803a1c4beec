using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Products;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>Add-ons in the API's words.</summary>
internal static class AddonDocuments
{
    public static JsonObject Of(Addon addon, Provider provider, IEnumerable<Variable> environment) => new()
    {
        ["id"] = addon.Id,
        ["name"] = addon.Name,
        ["realId"] = addon.RealId,
        ["region"] = addon.Region,
        ["zoneId"] = ProductDocuments.ZoneId(addon.Region),
        ["provider"] = ProductDocuments.Embedded(provider),
        ["plan"] = provider.FindPlan(addon.PlanId) is { } plan ? ProductDocuments.Of(provider, plan) : null,
        ["creationDate"] = addon.CreatedAt.ToUnixTimeMilliseconds(),
        ["configKeys"] = JsonText.Array(environment.Select(variable => variable.Name)),
    };

    public static JsonObject Of(Variable variable) => new() { ["name"] = variable.Name, ["value"] = variable.Value };

    /// <summary>The short form of <c>/v2/summary</c>.</summary>
    public static JsonObject Summary(Addon addon) => new()
    {
        ["id"] = addon.Id,
        ["name"] = addon.Name,
        ["realId"] = addon.RealId,
        ["providerId"] = addon.ProviderId,
        ["logoUrl"] = $"https://sandbox.example/logos/{addon.ProviderId}.svg",
        ["systemTags"] = new JsonArray(),
        ["customerTags"] = JsonText.Array(addon.Tags),
    };
}
