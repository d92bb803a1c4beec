namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Redis: in-memory key-value store; the one kind of two groups, as the product page shows it in the shorter one.</summary>
internal static class Redis
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Redis",
        Plural = "redis",
        ShortNames = ["r"],
        Groups = [AddonCatalog.Group, AddonCatalog.ShortGroup],
        ProviderId = "redis-addon",
        Description = "Redis key-value store",
        Binding = new("redis") { Host = "REDIS_HOST", Port = "REDIS_PORT", Uri = "REDIS_URL", Password = "REDIS_PASSWORD" },
        Migrates = true,
        Options = [AddonOption.Version("8.8.0"), AddonOption.Encryption],
    };
}
