namespace CleverRemoteOperator.Addons;

/// <summary>Compares versions as people write them: "7.0.4", "704" and 704 are one version.</summary>
internal static class AddonVersion
{
    /// <summary>The offered version that is meant by the asked one: the same text first, else the only one with the same digits; or null.</summary>
    public static string? Choose(string asked, IEnumerable<string> offered)
    {
        var candidates = offered.Distinct().Where(version => Matches(asked, version)).ToList();
        return candidates.Contains(asked) ? asked : candidates.Count == 1 ? candidates[0] : null;
    }

    /// <summary>True when both are the same version, with or without dots.</summary>
    public static bool Matches(string one, string other) => WithoutDots(one) == WithoutDots(other);

    private static string WithoutDots(string version) => version.Replace(".", "", StringComparison.Ordinal);
}
