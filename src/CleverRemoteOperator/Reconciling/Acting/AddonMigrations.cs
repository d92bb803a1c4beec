using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>Changes plan, region and version of an add-on. What is asked for stands in the status before it is asked for.</summary>
internal sealed partial class AddonMigrations(
    Observer observer, ResourceWriter writer, EventWriter events, ResourceMemory memory, TimeProvider time, ILogger<AddonMigrations> logger)
{
    // A pass that stood still for so long, or slept, may speak for a cluster that somebody else serves by now.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Asks for a migration.</summary>
    public Task<Acted> BeginAsync(Observation seen, MigrationTarget target, CancellationToken token) => AskAsync(
        seen,
        new Migration("", Migration.Requested, "", time.GetUtcNow(), target, seen.Migrations!.MaxBy(migration => migration.RequestedAt)?.Id ?? ""),
        async (asked, mayLeave) => asked.As(await AccountOf(seen).Api.StartMigrationAsync(
            AccountOf(seen).Organisation,
            seen.Addon!.Addon!.Id,
            new CleverMigrationRequest(Differences.TargetPlanId(seen), target.Region, target.Version.Length > 0 ? target.Version : null),
            mayLeave,
            token)),
        token);

    /// <summary>Asks for another version of an add-on whose provider updates it in its place.</summary>
    public Task<Acted> UpdateAsync(Observation seen, MigrationTarget target, CancellationToken token) => AskAsync(
        seen,
        new Migration("", Migration.Updating, "", time.GetUtcNow(), target, ""),
        async (asked, mayLeave) =>
        {
            await AccountOf(seen).Api.UpdateVersionAsync(seen.Addon!.Addon!, target.Version, mayLeave, token);
            return asked;
        },
        token);

    /// <summary>Stops a migration that the spec asks for no more; the next look tells what became of it.</summary>
    public async Task<Acted> AbortAsync(Observation seen, Migration running, CancellationToken token)
    {
        await AccountOf(seen).Api.AbortMigrationAsync(AccountOf(seen).Organisation, seen.Addon!.Addon!.Id, running.Id, token);
        LogAborted(seen.Key, running.Id, seen.Addon.Addon.Id);
        return Acted.Told(ChangeProblems.Migrating(seen, running));
    }

    /// <summary>Records how far one is. What the add-on is after it has to be looked at anew.</summary>
    public async Task<Acted> RecordAsync(Observation seen, Migration migration, CancellationToken token)
    {
        var written = await WriteAsync(seen, migration, null, token);
        if (migration.Status == Migration.Done)
        {
            LogDone(seen.Key, seen.Addon!.Addon!.Id, migration.Target.ToString());
            await events.WriteAsync(seen, "Normal", Reason.Migrated, $"the add-on {seen.Addon.Addon.Id} moved to {migration.Target}", token);
        }

        return Acted.GoOn(Remembering(written, seen, migration) with { Addon = null, Environment = null, Versions = null, Detail = null });
    }

    private async Task<Acted> AskAsync(
        Observation seen, Migration asked, Func<Migration, Func<bool>, Task<Migration>> ask, CancellationToken token)
    {
        var (began, target) = (time.GetTimestamp(), asked.Target);

        // Of one that was refused before nothing is told until the answer is another.
        if (seen.Migration is not { Status: Migration.Refused } refused || refused.Target != target)
        {
            seen = Remembering(await WriteAsync(seen, asked, ChangeProblems.Begins(seen, target), token), seen, asked);
        }

        try
        {
            var begun = await ask(asked, () => time.GetElapsedTime(began) < Longest && time.GetUtcNow() - asked.Since < Longest);
            LogBegun(seen.Key, seen.Addon!.Addon!.Id, target.ToString(), begun.Name);
            var problem = ChangeProblems.Begins(seen, target);
            Remembering(await WriteAsync(seen, begun, problem, token), seen, begun);
            return Acted.Told(problem);
        }
        catch (CleverApiException failure) when (failure.IsOutcomeUnknown)
        {
            return Acted.GoOn(seen with { Failure = ChangeProblems.NoClearAnswer(target, failure.Message) });
        }
        catch (CleverApiException failure)
        {
            var refusal = ChangeProblems.Rejected(Problem.From(failure, Reason.ChangeRejected), target);

            // Nothing began, for certain. A migration is looked for in the API's list all the same; an update is in no list.
            var known = failure.CanRetry && asked.Status != Migration.Updating ? asked : asked with { Status = Migration.Refused };
            Remembering(await WriteAsync(seen, known, refusal, token), seen, known);
            return Acted.Told(refusal);
        }
    }

    private async Task<AddonResource> WriteAsync(Observation seen, Migration migration, Problem? problem, CancellationToken token)
    {
        var draft = writer.Draft(seen);
        if (problem is not null)
        {
            draft.Report(seen, problem);
        }

        draft.SetMigration(migration);

        return await writer.WriteStatusAsync(seen, draft, token);
    }

    private Observation Remembering(AddonResource written, Observation seen, Migration migration)
    {
        memory.Update(seen.Resource.Uid, known => known with { Migration = migration });
        return observer.With(written, seen);
    }

    private static Account AccountOf(Observation seen) => seen.Account!.Account!;

    [LoggerMessage(EventId = 605, Level = LogLevel.Information, Message = "{Resource}: change of add-on {Addon} to {Target} begun ({Migration})")]
    private partial void LogBegun(ReconcileKey resource, string addon, string target, string migration);

    [LoggerMessage(EventId = 606, Level = LogLevel.Information, Message = "{Resource}: add-on {Addon} changed to {Target}")]
    private partial void LogDone(ReconcileKey resource, string addon, string target);

    [LoggerMessage(EventId = 607, Level = LogLevel.Information, Message = "{Resource}: migration {Migration} of add-on {Addon} aborted, as the spec asks for it no more")]
    private partial void LogAborted(ReconcileKey resource, string migration, string addon);
}
