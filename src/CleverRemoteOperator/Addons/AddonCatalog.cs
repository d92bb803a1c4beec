using CleverRemoteOperator.Addons.Kinds;

namespace CleverRemoteOperator.Addons;

/// <summary>The one list of kinds.</summary>
internal static class AddonCatalog
{
    /// <summary>The API group of our resources.</summary>
    public const string Group = "api.clever-cloud.com";

    /// <summary>Annotation of a connection Secret that changes with its content, for controllers that restart what reads it.</summary>
    public const string ChecksumAnnotation = Group + "/checksum";

    /// <summary>Annotation of a pod template that is set to a connection Secret's checksum, so that what reads the Secret restarts.</summary>
    public const string RestartAnnotation = Group + "/secret-checksum";

    /// <summary>The second group, in which the product page shows Redis.</summary>
    public const string ShortGroup = "clever-cloud.com";

    /// <summary>Every kind, in alphabetical order.</summary>
    public static IReadOnlyList<AddonKind> All { get; } =
    [
        Azimutt.Kind,
        Cellar.Kind,
        ConfigProvider.Kind,
        Elasticsearch.Kind,
        FSBucket.Kind,
        Jenkins.Kind,
        Keycloak.Kind,
        KV.Kind,
        Matomo.Kind,
        Metabase.Kind,
        MongoDB.Kind,
        MySQL.Kind,
        Otoroshi.Kind,
        PostgreSQL.Kind,
        Pulsar.Kind,
        Redis.Kind,
    ];

    /// <summary>The kind with this plural, or null.</summary>
    public static AddonKind? ByPlural(string plural) => All.FirstOrDefault(kind => kind.Plural == plural);

    /// <summary>The kind a person means by its name in either spelling, plural, short name or finalizer, in any case; or null.</summary>
    public static AddonKind? Find(string name) => All.FirstOrDefault(kind =>
        kind.ShortNames.Append(kind.Name).Append(kind.Plural).Append(kind.FinalizerName)
            .Contains(name, StringComparer.OrdinalIgnoreCase));
}
