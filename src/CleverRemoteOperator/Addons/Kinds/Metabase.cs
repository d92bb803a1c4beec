namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Metabase: business intelligence.</summary>
internal static class Metabase
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Metabase",
        Plural = "metabases",
        ShortNames = ["mb"],
        ProviderId = "metabase",
        Description = "Metabase business intelligence",
        Binding = new("metabase") { Uri = "METABASE_URL" },
        UpdatesVersion = true,
        Options = [AddonOption.Version("0.55.9", "0.56.4")],
        StatusFromEnvironment = [new("url", "METABASE_URL", "Address of the web interface.")],
    };
}
