namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Cellar: object storage that speaks S3.</summary>
internal static class Cellar
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Cellar",
        Plural = "cellars",
        ProviderId = "cellar-addon",
        Description = "Cellar object storage (S3)",
        Binding = new("s3") { Host = "CELLAR_ADDON_HOST", Username = "CELLAR_ADDON_KEY_ID", Password = "CELLAR_ADDON_KEY_SECRET" },
        StatusFromEnvironment = [new("url", "CELLAR_ADDON_HOST", "Host of the S3 endpoint.")],
    };
}
