using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Products;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>One kind as the reference operator knows it, written down apart from the operator's own table.</summary>
/// <param name="Options">Its <c>spec.options</c>; null when it has none.</param>
/// <param name="HasPlan">Whether the spec names a plan.</param>
internal sealed record ReferenceKind(string Name, string Plural, string Version, string Provider, string Finalizer, string? Options = null, bool HasPlan = true)
{
    private const string Group = "api.clever-cloud.com";

    public static IReadOnlyList<ReferenceKind> All { get; } =
    [
        new("PostgreSql", "postgresqls", "v1", "postgresql-addon", "postgresql", """{"version": 14, "encryption": false}"""),
        new("MySql", "mysqls", "v1", "mysql-addon", "mysql", """{"version": 84, "encryption": false}"""),
        new("MongoDb", "mongodbs", "v1", "mongodb-addon", "mongodb", """{"version": 403, "encryption": false}"""),
        new("Redis", "redis", "v1", "redis-addon", "redis", """{"version": 724, "encryption": false}"""),
        new("ElasticSearch", "elasticsearches", "v1", "es-addon", "elasticsearch", """{"version": 8, "encryption": false, "kibana": true, "apm": false}"""),
        new("KV", "kvs", "v1alpha1", "kv", "materia-kv", HasPlan: false),
        new("Pulsar", "pulsars", "v1beta1", "addon-pulsar", "pulsar", HasPlan: false),
        new("Cellar", "cellars", "v1", "cellar-addon", "cellar"),
        new("Metabase", "metabases", "v1", "metabase", "metabase"),
        new("Matomo", "matomos", "v1", "addon-matomo", "matomo"),
        new("Otoroshi", "otoroshis", "v1", "otoroshi", "otoroshi"),
        new("Keycloak", "keycloaks", "v1", "keycloak", "keycloak"),
        new("Azimutt", "azimutts", "v1", "azimutt", "azimutt"),
        new("ConfigProvider", "configproviders", "v1", "config-provider", "config-provider", HasPlan: false),
    ];

    public string ApiVersion => $"{Group}/{Version}";

    public string FullFinalizer => $"{Group}/{Finalizer}";

    private bool IsConfigProvider => Provider == "config-provider";

    /// <summary>The variables of a config provider's spec.</summary>
    public IReadOnlyList<Variable> Variables => IsConfigProvider ? [new("GREETING", "hello"), new("LEVEL", "3")] : [];

    public string PathOf(string @namespace, string name) => $"/apis/{ApiVersion}/namespaces/{@namespace}/{Plural}/{name}";

    public string AddonName(string uid) => $"kubernetes::{Name}::{uid}";

    /// <summary>The plan of the resource: the first that takes the spec's version.</summary>
    public Plan PlanOf(ProductCatalogue catalogue)
    {
        var provider = catalogue.Find(Provider)!;
        return provider.Plans.First(plan => !plan.IsShared && provider.ZonesOf(plan).Contains("par"));
    }

    /// <summary>The manifest of a resource.</summary>
    /// <param name="plan">What stands as its plan: a slug as people write it, or an id as the reference operator leaves it.</param>
    public JsonObject Manifest(string name, string plan, bool isServed)
    {
        var spec = new JsonObject { ["organisation"] = Scenario.Organisation };
        if (IsConfigProvider)
        {
            spec["variables"] = new JsonObject(Variables.Select(variable => KeyValuePair.Create(variable.Name, (JsonNode?)variable.Value)));
        }
        else
        {
            spec["instance"] = HasPlan ? new JsonObject { ["region"] = "par", ["plan"] = plan } : new JsonObject { ["region"] = "par" };
        }

        if (Options is not null)
        {
            spec["options"] = JsonNode.Parse(Options);
        }

        var metadata = new JsonObject { ["name"] = name };
        if (isServed)
        {
            metadata["finalizers"] = new JsonArray(FullFinalizer);
        }

        return new JsonObject { ["apiVersion"] = ApiVersion, ["kind"] = Name, ["metadata"] = metadata, ["spec"] = spec };
    }
}
