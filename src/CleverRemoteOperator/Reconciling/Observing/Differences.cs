using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud.Catalogue;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>
/// What a spec asks for that its add-on is not. Where the spec says nothing, nothing is compared; and what the spec says is compared
/// with what the add-on is before the catalogue is asked, so that an offer that changes never changes an add-on.
/// </summary>
internal static class Differences
{
    /// <summary>The version the add-on has; null when nothing tells it.</summary>
    public static string? Version(Observation seen) => seen.Kind.UpdatesVersion
        ? seen.Versions?.Check?.Installed
        : seen.Environment?.FirstOrDefault(pair => pair.Key.EndsWith("_VERSION", StringComparison.Ordinal)).Value;

    public static bool InPlan(Observation seen) => seen.Kind.FixedPlan is null && seen.Spec!.Plan is { } asked
        && !CatalogueResolver.IsPlan(asked, seen.Addon!.Addon!.Plan) && seen.Catalogue?.Addon?.PlanId != seen.Addon.Addon.Plan.Id;

    public static bool InRegion(Observation seen) => seen.Kind.FixedRegion is null && seen.Spec!.Region is { } asked
        && !string.Equals(asked, seen.Addon!.Addon!.Region, StringComparison.OrdinalIgnoreCase);

    public static bool InVersion(Observation seen) => seen.Spec!.Version is { } asked && Version(seen) is { } has
        && !AddonVersion.IsRelease(asked, has) && (seen.Catalogue?.Addon?.Version is not { } known || !AddonVersion.IsRelease(known, has));

    /// <summary>True when anything is another that a migration or an update could change.</summary>
    public static bool Any(Observation seen) => InPlan(seen) || InRegion(seen) || InVersion(seen);

    /// <summary>
    /// True when the spec still says what it said when the add-on was as asked, so that the add-on must have been changed; and where it
    /// never was as asked: one that is found different is not migrated before its owner says so.
    /// </summary>
    public static bool AreDrift(Observation seen) => seen.Applied is not { } applied || applied == MigrationTarget.Of(seen.Spec!);

    /// <summary>True when all that differs may.</summary>
    public static bool AreIgnored(Observation seen) => AreDrift(seen)
        && (!InPlan(seen) || Ignores(seen, "plan")) && (!InRegion(seen) || Ignores(seen, "region")) && (!InVersion(seen) || Ignores(seen, "version"));

    private static bool Ignores(Observation seen, string field) => seen.Spec!.IgnoresDrift.Contains(field, StringComparer.Ordinal);

    /// <summary>Options the spec sets and the add-on has otherwise, in the words of the spec.</summary>
    public static IEnumerable<string> InOptions(Observation seen) => seen.Detail?.Detail is not { } detail ? []
        : seen.Spec!.Flags.Where(flag => detail.Features.TryGetValue(flag.Key, out var isOn) && isOn != flag.Value)
            .Select(flag => $"{flag.Key}: {(flag.Value ? "true" : "false")}").Order(StringComparer.Ordinal);

    /// <summary>What the add-on is to become: as asked where that differs, else as it is.</summary>
    public static MigrationTarget Target(Observation seen)
    {
        var (wanted, addon) = (seen.Catalogue!.Addon!, seen.Addon!.Addon!);
        return new MigrationTarget(
            InPlan(seen) ? wanted.Plan : addon.Plan.Slug,
            InRegion(seen) ? wanted.Region : addon.Region,
            (InVersion(seen) ? wanted.Version : Version(seen)) ?? "");
    }

    /// <summary>Id of the plan the add-on is to have.</summary>
    public static string TargetPlanId(Observation seen) => InPlan(seen) ? seen.Catalogue!.Addon!.PlanId : seen.Addon!.Addon!.Plan.Id;

    /// <summary>What a migration does not carry over, for people; empty when nothing is known to be lost.</summary>
    public static string Losses(Observation seen)
    {
        List<string> losses = [];
        if (seen.Kind.ProviderId is "mysql-addon" or "mongodb-addon" && seen.Detail?.Detail?.ReadOnlyUsers is { Count: > 0 } users)
        {
            losses.Add($"its {users.Count} read-only user{(users.Count == 1 ? "" : "s")}");
        }

        if (seen.Environment?.Keys.Any(name => name.EndsWith("_DIRECT_HOST", StringComparison.Ordinal)) == true
            || seen.Detail?.Detail?.Features.GetValueOrDefault("direct-host-only") == true)
        {
            losses.Add("its direct host");
        }

        return string.Join(" and ", losses);
    }
}
