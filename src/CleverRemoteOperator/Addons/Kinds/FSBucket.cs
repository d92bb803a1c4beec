namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>FS Bucket: a file system that applications mount; from outside it is reached by FTP.</summary>
internal static class FSBucket
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "FSBucket",
        Plural = "fsbuckets",
        ProviderId = "fs-bucket",
        Description = "FS Bucket file storage",
        Binding = new("fs-bucket") { Host = "BUCKET_HOST", Username = "BUCKET_FTP_USERNAME", Password = "BUCKET_FTP_PASSWORD" },
        FinalizerName = "fs-bucket",
    };
}
