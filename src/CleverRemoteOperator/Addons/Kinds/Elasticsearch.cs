namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Elasticsearch, with Kibana and the APM server on demand.</summary>
internal static class Elasticsearch
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Elasticsearch",
        ReferenceName = "ElasticSearch",
        Plural = "elasticsearches",
        ShortNames = ["es"],
        ProviderId = "es-addon",
        Description = "Elasticsearch search engine",
        Binding = new("elasticsearch") { Host = "ES_ADDON_HOST", Uri = "ES_ADDON_URI", Username = "ES_ADDON_USER", Password = "ES_ADDON_PASSWORD" },
        Migrates = true,
        Options =
        [
            AddonOption.Version("7", "8", "9"),
            AddonOption.Encryption,
            new("kibana", AddonOptionType.Flag, "Whether Kibana runs beside it. Default: false.") { Service = "kibana" },
            new("apm", AddonOptionType.Flag, "Whether the APM server runs beside it. Default: false.") { Service = "apm" },
        ],
    };
}
