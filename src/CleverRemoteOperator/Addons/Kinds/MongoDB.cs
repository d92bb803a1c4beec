using CleverRemoteOperator.Addons.Secrets;

namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>MongoDB database.</summary>
internal static class MongoDB
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "MongoDB",
        ReferenceName = "MongoDb",
        Plural = "mongodbs",
        ShortNames = ["mo"],
        ProviderId = "mongodb-addon",
        Description = "MongoDB database",
        Binding = ServiceBinding.OfDatabase("mongodb", "MONGODB_ADDON_"),
        Migrates = true,
        Options = [AddonOption.Version("4.0.3"), AddonOption.Encryption],
    };
}
