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

    /// <summary>True when the running version is the asked one, or a release of it: 15.18 is a 15.</summary>
    public static bool IsRelease(string asked, string running) => Matches(asked, running) || running.StartsWith(asked + ".", StringComparison.Ordinal);

    /// <summary>Below 0 when the first is older, 0 when one begins with the other or they cannot be compared.</summary>
    public static int Compare(string one, string other) =>
        one.Split('.').Zip(other.Split('.')).Select(parts => long.TryParse(parts.First, out var first) && long.TryParse(parts.Second, out var second) ? first.CompareTo(second) : 0)
            .FirstOrDefault(order => order != 0);

    private static string WithoutDots(string version) => version.Replace(".", "", StringComparison.Ordinal);
}
