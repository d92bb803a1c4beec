namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Matomo: web analytics.</summary>
internal static class Matomo
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Matomo",
        Plural = "matomos",
        ProviderId = "addon-matomo",
        Description = "Matomo web analytics",
        Binding = new("matomo") { Uri = "MATOMO_URL" },
        StatusFromEnvironment = [new("url", "MATOMO_URL", "Address of the web interface.")],
    };
}
