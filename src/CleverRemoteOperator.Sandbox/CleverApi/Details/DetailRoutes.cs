using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Details;

/// <summary>What each provider tells of its own add-ons: the v4 documents, rendered from the catalogue.</summary>
internal sealed class DetailRoutes(AddonLookup lookup, AddonStore addons, Owners owners)
{
    private const string KeyValue = "kv";
    private const string Cellar = "cellar-addon";
    private const string Elasticsearch = "es-addon";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v4/addon-providers/{segment}/addons/{addonId}", (HttpContext http, string segment, string addonId) =>
            JsonText.Answer(Detail(lookup.Require(http, segment, addonId))));
        routes.MapGet("/v4/addon-providers/addon-pulsar/clusters/{clusterId}", (string clusterId) => JsonText.Answer(PulsarCluster(clusterId)));
        routes.MapGet("/v4/materia/organisations/{id}/materia/databases/{addonId}", (HttpContext http, string addonId) =>
            JsonText.Answer(Detail(Owned(http, KeyValue, addonId))));
        routes.MapGet("/v4/cellar/organisations/{id}/cellar/{addonId}", (HttpContext http, string addonId) =>
            JsonText.Answer(Detail(Owned(http, Cellar, addonId))));
        routes.MapGet("/v4/cellar/organisations/{id}/cellar/{addonId}/credentials", (HttpContext http, string addonId) =>
            JsonText.Answer(CellarCredentials(Owned(http, Cellar, addonId))));
        routes.MapGet("/v2/providers/es-addon/{addonId}", (HttpContext http, string addonId) =>
            JsonText.Answer(ElasticsearchConfiguration(lookup.Require(http, Elasticsearch, addonId))));
    }

    private Addon Owned(HttpContext http, string providerId, string addonId)
    {
        var ownerId = owners.FromPath(http);
        return addons.Find(addonId) is { } addon && addon.OwnerId == ownerId && addon.ProviderId == providerId && addon.RealId == addonId
            ? addon
            : throw ApiError.V4Missing("This add-on does not exist.");
    }

    private JsonNode Detail(Addon addon) => addons.TemplateOf(addon).Detail() ?? throw ApiError.V4Missing("This add-on has no detail.");

    private JsonObject CellarCredentials(Addon addon)
    {
        var environment = addons.TemplateOf(addon).Environment().ToDictionary(variable => variable.Name, variable => variable.Value);
        return new JsonObject { ["host"] = environment["CELLAR_ADDON_HOST"], ["keyId"] = environment["CELLAR_ADDON_KEY_ID"], ["keySecret"] = environment["CELLAR_ADDON_KEY_SECRET"] };
    }

    /// <summary>The older document: the plan in upper case, the access data under <c>config</c>.</summary>
    private JsonObject ElasticsearchConfiguration(Addon addon)
    {
        string[] accessKeys = ["host", "user", "password", "apm_user", "apm_password", "apm_auth_token", "kibana_user", "kibana_password"];
        var detail = Detail(addon).AsObject();
        var access = new JsonObject(accessKeys.Select(key => KeyValuePair.Create(key, detail[key]?.DeepClone())));
        string[] keptKeys = ["id", "owner_id", "app_id", "zone", "version", "backups", "services", "features"];
        return new JsonObject(keptKeys.Select(key => KeyValuePair.Create(key, detail[key]?.DeepClone())))
        {
            ["plan"] = detail["plan"]?.GetValue<string>().ToUpperInvariant(),
            ["config"] = access,
        };
    }

    private static JsonObject PulsarCluster(string id) => new()
    {
        ["id"] = id,
        ["url"] = "materiapulsar.eu-fr-1.services.clever-cloud.com",
        ["pulsar_port"] = 6650,
        ["pulsar_tls_port"] = 6651,
        ["web_port"] = 80,
        ["web_tls_port"] = 443,
        ["version"] = "4.0.1",
        ["available"] = true,
        ["zone"] = "PAR",
        ["support_cold_storage"] = true,
        ["supported_plans"] = new JsonArray(),
    };
}
