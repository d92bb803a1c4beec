namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Otoroshi: API gateway.</summary>
internal static class Otoroshi
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Otoroshi",
        Plural = "otoroshis",
        ProviderId = "otoroshi",
        Description = "Otoroshi API gateway",
        Binding = new("otoroshi") { Uri = "CC_OTOROSHI_URL", Username = "CC_OTOROSHI_INITIAL_ADMIN_LOGIN", Password = "CC_OTOROSHI_INITIAL_ADMIN_PASSWORD" },
        UpdatesVersion = true,
        Options = [AddonOption.Version("17.8.1")],
        StatusFromEnvironment = [new("url", "CC_OTOROSHI_URL", "Address of the gateway.")],
    };
}
