namespace CleverRemoteOperator.CleverCloud;

/// <summary>Where a provider tells of its own add-ons, and by which of their two ids.</summary>
internal static class DetailRoute
{
    private const string Provider = "/v4/addon-providers/{provider}/addons/{addon}";
    private const string Materia = "/v4/materia/organisations/{organisation}/materia/databases/{addon}";
    private const string Cellar = "/v4/cellar/organisations/{organisation}/cellar/{addon}";

    /// <summary>The request for what the add-on's provider tells of it; null when it tells nothing.</summary>
    public static CleverRequest? Detail(string organisation, CleverAddon addon) => addon.ProviderId switch
    {
        "postgresql-addon" or "mysql-addon" or "mongodb-addon" or "redis-addon" or "es-addon" => CleverRequest.To(HttpMethod.Get, Provider, addon.ProviderId, addon.Id),
        "addon-pulsar" or "config-provider" => CleverRequest.To(HttpMethod.Get, Provider, addon.ProviderId, addon.RealId),
        "kv" => CleverRequest.To(HttpMethod.Get, Materia, organisation, addon.RealId),
        "cellar-addon" => CleverRequest.To(HttpMethod.Get, Cellar, organisation, addon.RealId),
        _ => Software(addon.ProviderId) is { } segment ? CleverRequest.To(HttpMethod.Get, Provider, segment, addon.RealId) : null,
    };

    /// <summary>The request about the versions of an add-on; null when its provider updates none. Matomo's version is not for its user to choose.</summary>
    /// <param name="action"><c>check</c> or <c>update</c>.</param>
    public static CleverRequest? Version(HttpMethod method, CleverAddon addon, string action) =>
        addon.ProviderId != "addon-matomo" && Software(addon.ProviderId) is { } segment
            ? CleverRequest.To(method, $"{Provider}/version/{action}", segment, addon.RealId)
            : null;

    private static string? Software(string providerId) => providerId switch
    {
        "keycloak" or "metabase" or "otoroshi" => $"addon-{providerId}",
        "addon-matomo" => providerId,
        _ => null,
    };
}
