namespace CleverRemoteOperator.Addons;

/// <summary>The one list of kinds.</summary>
internal static class AddonCatalog
{
    /// <summary>The API group of our resources.</summary>
    public const string Group = "api.clever-cloud.com";

    /// <summary>The second group, in which the product page shows Redis.</summary>
    public const string ShortGroup = "clever-cloud.com";

    /// <summary>Every kind, in alphabetical order.</summary>
    public static IReadOnlyList<AddonKind> All { get; } = [];

    /// <summary>The kind with this plural, or null.</summary>
    public static AddonKind? ByPlural(string plural) => All.FirstOrDefault(kind => kind.Plural == plural);
}
