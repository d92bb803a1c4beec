using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;

namespace CleverRemoteOperator.Sandbox.CleverApi.Products;

/// <summary>The catalogue in the API's words.</summary>
internal static class ProductDocuments
{
    /// <summary>A provider as the product list shows it: with plans and features.</summary>
    public static JsonObject Of(Provider provider)
    {
        var json = Embedded(provider);
        json["plans"] = new JsonArray([.. provider.Plans.Select(plan => Of(provider, plan))]);
        json["features"] = new JsonArray([.. provider.Features.Select(feature => new JsonObject { ["name"] = feature.Name, ["type"] = feature.Type, ["name_code"] = feature.Code })]);
        return json;
    }

    /// <summary>A provider as an add-on carries it: without plans and features.</summary>
    public static JsonObject Embedded(Provider provider) => new()
    {
        ["id"] = provider.Id,
        ["name"] = provider.Name,
        ["website"] = "https://sandbox.example",
        ["supportEmail"] = "support@sandbox.example",
        ["googlePlusName"] = "",
        ["twitterName"] = "",
        ["analyticsId"] = "",
        ["shortDesc"] = provider.Description,
        ["longDesc"] = provider.Description,
        ["logoUrl"] = $"https://sandbox.example/logos/{provider.Id}.svg",
        ["status"] = provider.Status,
        ["openInNewTab"] = false,
        ["canUpgrade"] = provider.CanUpgrade,
        ["regions"] = JsonText.Array(provider.Regions),
    };

    public static JsonObject Of(Provider provider, Plan plan) => new()
    {
        ["id"] = plan.Id,
        ["name"] = plan.Name,
        ["slug"] = plan.Slug,
        ["price"] = plan.Price,
        ["price_id"] = PriceId(provider, plan),
        ["features"] = new JsonArray([.. provider.Features.Where(feature => plan.Features?.ContainsKey(feature.Key) == true).Select(feature => Of(feature, plan.Features![feature.Key]))]),
        ["zones"] = JsonText.Array(provider.ZonesOf(plan)),
    };

    /// <summary>Under which name the price system knows the plan, but for upper and lower case.</summary>
    public static string PriceId(Provider provider, Plan plan) => $"{provider.Id.Replace("-addon", "", StringComparison.Ordinal)}.{plan.Slug}";

    /// <summary>The v4 document of a provider: its versions, shared clusters and the options they take.</summary>
    public static JsonObject Infos(Provider provider, VersionOffer versions)
    {
        var dedicated = new JsonObject();
        foreach (var version in versions.Dedicated)
        {
            dedicated[version] = new JsonObject { ["features"] = Options(provider) };
        }

        return new JsonObject
        {
            ["providerId"] = provider.Id,
            ["clusters"] = new JsonArray([.. versions.Shared?.Zones.Select(zone => Cluster(provider, versions.Shared.Version, zone)) ?? []]),
            ["dedicated"] = dedicated,
            ["defaultDedicatedVersion"] = versions.Default,
        };
    }

    public static JsonObject Of(Region region) => new()
    {
        ["id"] = ZoneId(region.Name),
        ["name"] = region.Name,
        ["country"] = region.Country,
        ["countryCode"] = region.CountryCode,
        ["city"] = region.City,
        ["displayName"] = null,
        ["lat"] = region.Lat,
        ["lon"] = region.Lon,
        ["outboundIPs"] = new JsonArray(),
        ["tags"] = JsonText.Array(region.Tags),
    };

    /// <summary>The same id for the same zone in every sandbox.</summary>
    public static string ZoneId(string zone) => DerivedValues.Uuid("zone", zone);

    private static JsonObject Of(Feature feature, string?[] values) => new()
    {
        ["name"] = feature.Name,
        ["type"] = feature.Type,
        ["value"] = values[0],
        ["computable_value"] = values[^1],
        ["name_code"] = feature.Code,
    };

    private static JsonObject Cluster(Provider provider, string version, string zone) => new()
    {
        ["id"] = "cluster_" + DerivedValues.Uuid(provider.Id, zone),
        ["label"] = $"DEV {version} {zone}",
        ["zone"] = zone,
        ["version"] = version,
        ["features"] = Options(provider),
    };

    private static JsonArray Options(Provider provider) =>
        new([.. provider.Options.Keys.Select(name => new JsonObject { ["name"] = name, ["enabled"] = false })]);
}
