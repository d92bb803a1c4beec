using CleverRemoteOperator.Addons.Secrets;

namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>PostgreSQL database.</summary>
internal static class PostgreSQL
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "PostgreSQL",
        ReferenceName = "PostgreSql",
        Plural = "postgresqls",
        ShortNames = ["pg"],
        ProviderId = "postgresql-addon",
        Description = "PostgreSQL database",
        Binding = ServiceBinding.OfDatabase("postgresql", "POSTGRESQL_ADDON_"),
        Migrates = true,
        Options = [AddonOption.Version("14", "15", "16", "17", "18"), AddonOption.Encryption],
    };
}
