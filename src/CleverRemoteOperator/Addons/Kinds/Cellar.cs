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
        StatusFromEnvironment = [new("url", "CELLAR_ADDON_HOST", "Host of the S3 endpoint.")],
    };
}
