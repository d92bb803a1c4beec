namespace CleverRemoteOperator.Sandbox.CleverApi.Authorization;

/// <summary>The OAuth consumers every sandbox knows.</summary>
internal static class Consumer
{
    /// <summary>Key to secret of the consumers their owners publish in their sources: clever-tools and the Go client.</summary>
    public static IReadOnlyDictionary<string, string> Published { get; } = new Dictionary<string, string>
    {
        ["T5nFjKeHH4AIlEveuGhB5S3xg8T19e"] = "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT",
        ["FuRiWZChVFuYaVh04yCHYOnFRtzfHO"] = "J9k249yV0UqIzsGJWAVD4p1HLj8NyE",
    };
}
