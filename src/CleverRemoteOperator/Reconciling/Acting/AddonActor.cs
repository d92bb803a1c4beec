using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using static CleverRemoteOperator.Reconciling.Deciding.Decision;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>Does what was decided, that one thing and nothing else.</summary>
internal sealed class AddonActor(
    Observer observer, ResourceWriter writer, EventWriter events, SecretPublisher secrets, AddonChanges addons, AddonMigrations migrations, AddonAdoptions adoptions, ResourceMemory memory,
    AddonInventory inventory, ResyncInterval resync, TimeProvider time)
{
    // How often is looked whether an add-on that is given away was taken.
    private static readonly TimeSpan TakenCheck = TimeSpan.FromSeconds(10);

    private readonly SecretPublication _publication = new(secrets, events);

    public Task<Acted> DoAsync(Observation seen, Decision decision, CancellationToken token) => decision switch
    {
        Ignore => Task.FromResult(Acted.End(ReconcileResult.Done)),
        InOrder => Task.FromResult(LeftAsItIs(seen)),
        Wait wait => TellAsync(seen, wait.Problem, token),
        Report report => TellAsync(seen, report.Problem, token),
        Mark mark => MarkAsync(seen, mark.Beside, token),
        Unmark unmark => UnmarkAsync(seen, unmark.Problem, token),
        Remark remark => RemarkAsync(seen, remark.Problem, token),
        Create => addons.CreateAsync(seen, token),
        Claim => addons.ClaimAsync(seen, token),
        Adopt adopt => AdoptAsync(seen, adopt.Addon, token),
        Change => AddonChanges.ChangeAsync(seen, token),
        Hold => HoldAsync(seen, token),
        Migrate migrate => migrations.BeginAsync(seen, migrate.Target, token),
        Update update => migrations.UpdateAsync(seen, update.Target, token),
        Record record => migrations.RecordAsync(seen, record.Migration, token),
        Abort abort => migrations.AbortAsync(seen, abort.Migration, token),
        Preview preview => PreviewAsync(seen, preview.What, token),
        Publish publish => PublishAsync(seen, publish.Unmet, token),
        Delete => addons.DeleteAsync(seen, token),
        LetGo go => LetGoAsync(seen, go, token),
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, null),
    };

    private Acted LeftAsItIs(Observation seen)
    {
        if (seen.Environment is not null)
        {
            memory.Update(seen.Resource.Uid, known => known with { EnvironmentAt = time.GetTimestamp() });
        }

        return Acted.End(resync.Next());
    }

    /// <summary>Writes what keeps the resource from being in order, and ends the pass.</summary>
    public async Task<Acted> TellAsync(Observation seen, Problem problem, CancellationToken token)
    {
        // A disturbance on the way says nothing about a resource that was in order: thousands of statuses must not flap with the API.
        if (!(problem.IsTransient && seen.Recorded.WasReady))
        {
            var draft = writer.Draft(seen);
            draft.Report(seen, problem);
            await writer.WriteStatusAsync(seen, draft, token);
        }

        return Acted.Told(problem);
    }

    private async Task<Acted> MarkAsync(Observation seen, Fact? beside, CancellationToken token)
    {
        var (mark, began) = (addons.NewMark(seen), time.GetTimestamp());
        var looking = beside is { } fact ? observer.LookAsync(seen, fact, token) : Task.FromResult(seen);
        var marking = writer.MarkAsync(seen, mark, token);
        await Task.WhenAll(looking, marking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var marked = await marking;
        memory.Update(seen.Resource.Uid, known => known with { Attempt = new CreationAttempt("", null, IsOpen: true) });
        seen = observer.With(marked, looking.IsCompletedSuccessfully ? await looking : seen) with { Marked = mark, MarkedAt = began };
        if (!looking.IsCompletedSuccessfully)
        {
            // Nothing was asked for: who comes next need not wait for an add-on that may turn up.
            await addons.VoidAsync(seen, token);
            await looking;
        }

        await TellIgnoredAsync(seen, token);
        return Acted.GoOn(seen);
    }

    private Task TellIgnoredAsync(Observation seen, CancellationToken token) => seen is { HasMisnamedCredentials: true, MayUseCredentials: true }
        ? events.WriteAsync(
            seen, "Warning", Reason.CredentialsIgnored,
            $"the Secret {CredentialSecret.MistakenName} looks like credentials of the namespace, but only {CredentialSecret.SecretName} is read: "
            + $"the add-on is created with the {seen.Account!.Account!.Credentials.SourceName} credentials. Rename the Secret if that is not meant",
            token)
        : Task.CompletedTask;

    private async Task<Acted> UnmarkAsync(Observation seen, Problem problem, CancellationToken token) =>
        await TellAsync(await addons.VoidAsync(seen, token), problem, token);

    private async Task<Acted> RemarkAsync(Observation seen, Problem problem, CancellationToken token)
    {
        var marked = await writer.MarkAsync(seen, addons.NewMark(seen), token);
        return await TellAsync(observer.With(marked, seen), problem, token);
    }

    private async Task<Acted> PreviewAsync(Observation seen, Decision what, CancellationToken token)
    {
        var problem = new Problem(ConditionType.Ready, Reason.DryRun, $"{await PreviewText.TellAsync(seen, what, token)}. Remove the annotation {Steering.DryRunAnnotation} to have it done")
        {
            RetryAfter = TimeSpan.FromMinutes(5),
        };
        return await TellAsync(seen, problem, token);
    }

    private async Task<Acted> HoldAsync(Observation seen, CancellationToken token) =>
        Acted.GoOn(observer.With(await writer.AddFinalizerAsync(seen, token), seen));

    private async Task<Acted> AdoptAsync(Observation seen, CleverAddon addon, CancellationToken token)
    {
        var (now, refused) = await adoptions.ClaimAsync(seen, addon, token);
        return await TellAsync(now, refused ?? AdoptionProblems.Claimed(addon), token);
    }

    private async Task<Acted> PublishAsync(Observation seen, Problem? unmet, CancellationToken token)
    {
        var (account, addon) = (seen.Account!.Account!, seen.Addon!.Addon!);
        inventory.Add(account, addon, addon.Name ?? seen.AddonName);
        var environment = seen.Kind.WritesVariables
            ? seen.Spec!.Variables
            : seen.Environment ?? await account.Api.GetEnvironmentAsync(account.Organisation, addon.Id, token);
        var published = await _publication.RunAsync(seen, environment, token);
        if (published.Problem is { } invalid)
        {
            return await TellAsync(seen, invalid, token);
        }

        if (published.State is SecretState.Foreign or SecretState.Left)
        {
            return Acted.GoOn(seen with { Secret = published.State });
        }

        var draft = writer.Draft(seen);
        draft.Published(seen, environment, isAsAsked: unmet is null);
        draft.Set("restartedFor", published.RestartedFor);
        if (unmet is not null)
        {
            draft.Report(seen, unmet);
            await writer.WriteStatusAsync(seen, draft, token);
            return Acted.Told(unmet);
        }

        // One that failed is forgotten once it is asked for no more: who asks for it again means it.
        if (seen.Migration is { IsOpen: false } and not { Status: Migration.Done })
        {
            draft.SetMigration(null);
            memory.Update(seen.Resource.Uid, known => known with { Migration = null });
        }

        var written = await writer.WriteStatusAsync(seen, draft, token);
        memory.Update(seen.Resource.Uid, known => known with { InOrder = seen.Resource.Generation, EnvironmentAt = time.GetTimestamp(), Applied = MigrationTarget.Of(seen.Spec!) });
        return Acted.End(
            written.Generation != seen.Resource.Generation ? new ReconcileResult(TimeSpan.Zero)
            : seen.Steering.HandsOverTo is not null ? new ReconcileResult(TakenCheck)
            : resync.Next());
    }

    private async Task<Acted> LetGoAsync(Observation seen, LetGo go, CancellationToken token)
    {
        if (seen.Recorded.AdoptedName is { } former && go.Reason is Reason.Released or Reason.Retained)
        {
            await adoptions.RestoreNameAsync(seen, former, token);
        }

        if (go.KeepsSecret)
        {
            await secrets.KeepAsync(seen.Resource, seen.SecretName!, token);
        }

        // Others may hold it for long: it must not say Ready until they are done.
        if (seen.Resource.Finalizers.Count > 1)
        {
            var draft = writer.Draft(seen);
            draft.SetReady("False", go.Reason, go.Message);
            seen = observer.With(await writer.WriteStatusAsync(seen, draft, token), seen);
        }

        await writer.RemoveFinalizerAsync(seen, token);
        addons.LogLetGo(seen, go);
        await events.WriteAsync(seen, "Normal", go.Reason, go.Message, token);
        return Acted.End(ReconcileResult.Done);
    }
}
