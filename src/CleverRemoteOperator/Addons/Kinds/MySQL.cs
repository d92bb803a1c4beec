using CleverRemoteOperator.Addons.Secrets;

namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>MySQL database.</summary>
internal static class MySQL
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "MySQL",
        ReferenceName = "MySql",
        Plural = "mysqls",
        ShortNames = ["my"],
        ProviderId = "mysql-addon",
        Description = "MySQL database",
        Binding = ServiceBinding.OfDatabase("mysql", "MYSQL_ADDON_"),
        Migrates = true,
        Options = [AddonOption.Version("5.7", "8.0", "8.4"), AddonOption.Encryption],
    };
}
