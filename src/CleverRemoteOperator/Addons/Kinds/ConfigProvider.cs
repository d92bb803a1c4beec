namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Configuration provider: variables shared between applications, written from the resource.</summary>
internal static class ConfigProvider
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "ConfigProvider",
        Plural = "configproviders",
        ShortNames = ["cp"],
        ProviderId = "config-provider",
        Description = "Configuration provider: variables shared between applications",
        FinalizerName = "config-provider",
        FixedPlan = "plan_5d8e9596-dd73-4b73-84d9-e165372c5324",
        FixedRegion = "par",
        WritesVariables = true,
    };
}
