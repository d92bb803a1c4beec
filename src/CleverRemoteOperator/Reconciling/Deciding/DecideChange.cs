using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Reconciling.Observing;
using static CleverRemoteOperator.Reconciling.Deciding.Decision;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>
/// What is to be changed on an add-on that is there and ours: the part of <see cref="Decide"/> for its life. A migration is begun in
/// <see cref="Begin"/> and nowhere else.
/// </summary>
internal static class DecideChange
{
    /// <summary>The next step of a change, or what keeps the add-on from being as asked; null when it is.</summary>
    public static Decision? Next(Observation seen) =>
        UnderWay(seen)
        ?? (NotKnown(seen) is { } fact ? new Look(fact)
            : !Differences.Any(seen) || Differences.AreIgnored(seen) ? OtherOptions(seen)
            : seen.Catalogue is null ? new Look(Fact.Catalogue)
            : seen.Catalogue.Addon is null ? new Report(Problems.NotAvailable(seen.Catalogue) with { Condition = ConditionType.Ready })
            : Drifted(seen) ?? Wanted(seen));

    /// <summary>The decision, where it only tells something after the connection Secret: that is not withheld because of another wish.</summary>
    public static Decision Told(Observation seen, Decision decision) =>
        (decision is Report report ? report.Problem : decision is Wait wait ? wait.Problem : null) is not { } unmet ? decision
        : seen.Secret is null ? new Look(Fact.Secret)
        : SecretDue.Is(seen) ? new Publish(unmet)
        : decision;

    // What was asked for and is not over: whether it runs, only the API knows.
    private static Decision? UnderWay(Observation seen) =>
        seen.Migration is not { IsOpen: true } open ? null
        : seen.Kind.UpdatesVersion ? Updating(seen, open)
        : !seen.Kind.Migrates ? null
        : seen.Migrations is null ? new Look(Fact.Migrations)
        : open.In(seen.Migrations) is not { } told ? open.Id.Length > 0 ? new Record(open with { Status = Migration.Lost }) : null
        : told.IsOver || told.Id != open.Id ? new Record(open.As(told))
        : NotTakenBack(seen) is not { } reason ? new Abort(open.As(told))
        : reason.Fact is { } fact ? new Look(fact)
        : new Wait(ChangeProblems.Migrating(seen, open.As(told)));

    // An update has no id and no end of its own: it is over when the version is there.
    private static Decision? Updating(Observation seen, Migration open) =>
        seen.Versions is null ? new Look(Fact.Versions)
        : seen.Versions.Check?.Installed is { } has && AddonVersion.IsRelease(open.Target.Version, has) ? new Record(open with { Status = Migration.Done })
        : seen.Now - open.Since > ChangeProblems.LongestUpdate ? new Record(open with { Status = Migration.Failed })
        : new Wait(ChangeProblems.Updating(open));

    // Whether the spec asks again for what the add-on still is: null when it does, else the fact that is missing to say so, or none.
    private static (Fact? Fact, bool IsCertain)? NotTakenBack(Observation seen) =>
        seen.Spec!.Version is not null && seen.Environment is null ? (Fact.Environment, false)
        : !Differences.Any(seen) ? null
        : seen.Catalogue is null ? (Fact.Catalogue, false)
        : (null, true);

    private static Fact? NotKnown(Observation seen) =>
        seen.Spec!.Version is not null && seen.Kind.UpdatesVersion && seen.Versions is null ? Fact.Versions
        : !seen.Kind.WritesVariables && seen.Environment is null ? Fact.Environment
        : seen.Spec.Flags.Count > 0 && seen.Detail is null ? Fact.Detail
        : null;

    private static Report? OtherOptions(Observation seen) =>
        Differences.InOptions(seen).ToList() is { Count: > 0 } options ? new Report(ChangeProblems.OptionsDiffer(seen, options)) : null;

    // The spec says what it said when the add-on was as asked: so it was changed at Clever Cloud, perhaps in an emergency. One that was
    // taken over and never was as asked is left as it is until its new owner has seen what would become of it.
    private static Report? Drifted(Observation seen) =>
        !Differences.AreDrift(seen) || (seen.Applied is null && seen.Steering.ConfirmMigration == seen.Addon!.Addon!.Id) ? null
        : seen.Policies.Drift == DriftPolicy.Correct && (seen.Applied is not null || !seen.IsAdopted) ? null
        : new Report(ChangeProblems.Drifted(seen));

    private static Decision Wanted(Observation seen) =>
        Differences.InVersion(seen) && AddonVersion.Compare(Differences.Target(seen).Version, Differences.Version(seen)!) < 0
            ? new Report(ChangeProblems.Downgrade(seen))
        : seen.Kind.UpdatesVersion ? WantedUpdate(seen)
        : !seen.Kind.Migrates ? new Report(ChangeProblems.NotSupported(seen))
        : seen.Migrations is null ? new Look(Fact.Migrations)
        : seen.Migrations.FirstOrDefault(migration => !migration.IsOver) is { } running ? new Wait(ChangeProblems.OtherRuns(running))
        : WasTried(seen) is { } tried ? tried
        : !seen.Namespace!.IsLive ? new Look(Fact.LiveNamespace)
        : seen.Detail is null ? new Look(Fact.Detail)
        : Begin(seen);

    private static Decision WantedUpdate(Observation seen) =>
        Differences.InPlan(seen) || Differences.InRegion(seen) ? new Report(ChangeProblems.NotSupported(seen))
        : seen.Versions!.Check is not { } check || !check.Available.Any(version => AddonVersion.Matches(version, Differences.Target(seen).Version))
            ? new Report(ChangeProblems.NoSuchUpdate(seen))
        : WasTried(seen) is { } tried ? tried
        : !seen.Namespace!.IsLive ? new Look(Fact.LiveNamespace)
        : new Update(Differences.Target(seen));

    // One that failed is not tried again by itself: the database was read-only while it ran.
    private static Report? WasTried(Observation seen) =>
        seen.Migration is not { } last || last.Target != Differences.Target(seen) || seen.Steering.RetryMigration == last.Name ? null
        : last.HasFailed ? new Report(ChangeProblems.Failed(last))
        : last.Status == Migration.Done ? new Report(ChangeProblems.WithoutEffect(last))
        : null;

    /// <summary>The add-on is not as asked, nothing runs, and nothing of the kind has failed: the one place where a migration is begun.</summary>
    private static Migrate Begin(Observation seen) => new(Differences.Target(seen));
}
