namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Pulsar: message broker.</summary>
internal static class Pulsar
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Pulsar",
        Plural = "pulsars",
        ShortNames = ["pulse", "pul"],
        Versions = ["v1", "v1beta1"],
        ProviderId = "addon-pulsar",
        Description = "Pulsar message broker",
        Binding = new("pulsar") { Host = "ADDON_PULSAR_HOSTNAME", Port = "ADDON_PULSAR_BINARY_PORT", Uri = "ADDON_PULSAR_BINARY_URL" },
        FixedPlan = "plan_3ad3c5be-5c1e-4dae-bf9a-87120b88fc13",
    };
}
