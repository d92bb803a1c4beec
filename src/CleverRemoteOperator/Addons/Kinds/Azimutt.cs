namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Azimutt: explores and documents databases.</summary>
internal static class Azimutt
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Azimutt",
        Plural = "azimutts",
        ProviderId = "azimutt",
        Description = "Azimutt database explorer",
    };
}
