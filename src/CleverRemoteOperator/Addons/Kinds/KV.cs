namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Materia KV: serverless key-value store that speaks the Redis protocol.</summary>
internal static class KV
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "KV",
        Plural = "kvs",
        Versions = ["v1", "v1alpha1"],
        ProviderId = "kv",
        Description = "Materia KV key-value store",
        Binding = new("redis") { Host = "REDIS_HOST", Port = "REDIS_PORT", Uri = "REDIS_URL", Password = "REDIS_PASSWORD" },
        FinalizerName = "materia-kv",
        FixedPlan = "plan_53a1728d-4b9e-4254-94c4-b19163af587b",
    };
}
