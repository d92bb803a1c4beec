namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Keycloak: identity and access.</summary>
internal static class Keycloak
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Keycloak",
        Plural = "keycloaks",
        ShortNames = ["kc"],
        ProviderId = "keycloak",
        Description = "Keycloak identity provider",
        Binding = new("keycloak") { Uri = "CC_KEYCLOAK_URL", Username = "CC_KEYCLOAK_ADMIN", Password = "CC_KEYCLOAK_ADMIN_DEFAULT_PASSWORD" },
        UpdatesVersion = true,
        Options = [AddonOption.Version("26.3.5", "26.4.7")],
        StatusFromEnvironment =
        [
            new("url", "CC_KEYCLOAK_URL", "Address of the server."),
            new("admin_url", "CC_KEYCLOAK_ADMIN_URL", "Address of the administration console."),
        ],
    };
}
