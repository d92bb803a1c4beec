using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>What keeps an add-on from being as its spec asks, in words for the people who use it.</summary>
internal static class ChangeProblems
{
    /// <summary>How long the update of a version may take before it counts as failed.</summary>
    public static readonly TimeSpan LongestUpdate = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    /// <summary>It is about to be asked for.</summary>
    public static Problem Begins(Observation seen, MigrationTarget target) => Ready(
        Reason.Migrating,
        $"the add-on {Id(seen)} moves to {target}. The database is read-only meanwhile; host, database name, user and password change with it, and the connection Secret follows."
        + (Differences.Losses(seen) is { Length: > 0 } losses ? $" It loses {losses}." : "")) with
    { RetryAfter = Often };

    public static Problem Migrating(Observation seen, Migration migration) => Ready(
        Reason.Migrating,
        $"the add-on {Id(seen)} moves to {migration.Target}; migration {migration.Name} is {Printable.Of(migration.Status, 32)}"
        + (migration.Step.Length > 0 ? $" at {Printable.Of(migration.Step, 64)}" : "")) with
    { RetryAfter = seen.Now - migration.Since < TimeSpan.FromMinutes(1) ? Often : Seldom, Migration = migration };

    /// <summary>No answer tells whether it was begun.</summary>
    public static Problem NoClearAnswer(MigrationTarget target, string why) => Ready(
        Reason.Migrating, $"a change to {target} was asked for, but no answer tells whether it was begun ({why}). It is looked for before it is asked for again") with
    { RetryAfter = Often };

    public static Problem OtherRuns(CleverMigration running) => Ready(
        Reason.Migrating, $"migration {Printable.Of(running.Id, 64)} of the add-on runs, which this spec did not ask for; what it asks for follows when that one is over") with
    { RetryAfter = Seldom };

    public static Problem Updating(Migration update) => Ready(Reason.Migrating, $"the add-on is updated to version {update.Target.Version}") with { RetryAfter = Seldom };

    public static Problem Failed(Migration last) => Ready(
        Reason.MigrationFailed,
        $"the change to {last.Target} ended as {Printable.Of(last.Status, 32)}{(last.Step.Length > 0 ? $" at {Printable.Of(last.Step, 64)}" : "")}; the add-on is as it was. "
        + $"Set the spec back, or try again with the annotation {Steering.RetryAnnotation}: {last.Name}") with
    { RetryAfter = LookAgain };

    public static Problem WithoutEffect(Migration last) => Ready(
        Reason.MigrationFailed,
        $"migration {last.Name} to {last.Target} is done, but the add-on is something else now: somebody changed it at Clever Cloud since. "
        + $"Set the spec to what it is, or migrate again with the annotation {Steering.RetryAnnotation}: {last.Name}") with
    { RetryAfter = LookAgain };

    public static Problem Rejected(Problem answer, MigrationTarget target) => answer with
    {
        Condition = ConditionType.Ready,
        Message = $"Clever Cloud does not change the add-on to {target}: {answer.Message}. The add-on is as it was. Set the spec back, or ask for something else",
        RetryAfter = answer.RetryAfter ?? TimeSpan.FromMinutes(10),
    };

    public static Problem Downgrade(Observation seen) => Ready(
        Reason.ChangeNotSupported,
        $"the add-on {Id(seen)} has version {Has(seen)}, and no add-on goes back to an older one ({Differences.Target(seen).Version}). Set spec.version back") with
    { RetryAfter = LookAgain };

    /// <summary>Plan, region or version of a kind that cannot be changed.</summary>
    public static Problem NotSupported(Observation seen) => Ready(
        Reason.ChangeNotSupported,
        $"the add-on {Id(seen)} has plan {seen.Addon!.Addon!.Plan.Slug} in {seen.Addon.Addon.Region}{(Has(seen) is { Length: > 0 } version ? $", version {version}" : "")}, "
        + $"and a {seen.Kind.Name} cannot be changed to {Differences.Target(seen)} after its creation. Set the spec back, or create another resource") with
    { RetryAfter = LookAgain };

    public static Problem NoSuchUpdate(Observation seen) => Ready(
        Reason.VersionNotAvailable,
        $"the add-on {Id(seen)} has version {Has(seen)} and cannot be updated to {Printable.Of(Differences.Target(seen).Version, 32)}; available: "
        + (seen.Versions?.Check?.Available is { Count: > 0 } available ? string.Join(", ", available.Take(20).Select(version => Printable.Of(version, 32))) : "none")) with
    { RetryAfter = LookAgain };

    public static Problem OptionsDiffer(Observation seen, IReadOnlyList<string> options) => Ready(
        Reason.ChangeNotSupported,
        $"the spec asks for {string.Join(" and ", options)}, which the add-on {Id(seen)} was not created with and cannot be given. Set the spec back, or create another resource") with
    { RetryAfter = LookAgain };

    public static Problem Drifted(Observation seen) => Ready(
        Reason.Drifted,
        $"the add-on {Id(seen)} has plan {seen.Addon!.Addon!.Plan.Slug}, region {seen.Addon.Addon.Region}{(Has(seen) is { Length: > 0 } version ? $", version {version}" : "")}, "
        + $"the spec asks for {Differences.Target(seen)}, and it was not the spec that changed. Nothing is changed. Set the spec to what it is, "
        + (seen.Applied is null ? $"or the annotation {Steering.ConfirmAnnotation}: {seen.Addon.Addon.Id} to migrate it, " : "or driftPolicy to Correct to migrate back, ")
        + "or name what may differ in ignoreDrift") with
    { RetryAfter = LookAgain };

    /// <summary>Its owner wants no changes.</summary>
    public static Problem NotManaged(Observation seen) => Ready(
        Reason.NotManaged,
        $"the add-on {Id(seen)} is not as the spec asks, and managementPolicy {seen.Policies.Management} changes nothing: set the spec to what it is, or the policy to Full") with
    { RetryAfter = LookAgain };

    /// <summary>Its owner wants nothing done at Clever Cloud, and something would have to be.</summary>
    public static Problem OnlyObserved() => Ready(
        Reason.NotManaged, "there is no add-on of this resource, and managementPolicy ObserveOnly creates and claims none: set it to Full or NoUpdate") with
    { RetryAfter = LookAgain };

    private static string Id(Observation seen) => seen.Addon!.Addon!.Id;

    private static string Has(Observation seen) => Printable.Of(Differences.Version(seen) ?? "", 32);

    private static Problem Ready(string reason, string message) => new(ConditionType.Ready, reason, message);
}
