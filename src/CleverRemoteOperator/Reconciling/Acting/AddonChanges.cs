using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>Everything the operator changes at Clever Cloud.</summary>
internal sealed partial class AddonChanges(
    Observer observer, ResourceWriter writer, ClusterMemory memory, AddonInventory inventory, TimeProvider time,
    ILogger<AddonChanges> logger)
{
    /// <summary>The mark of a creation that is about to be asked for.</summary>
    public CreationMark NewMark(Observation seen) => new(
        Guid.CreateVersion7().ToString("N"), seen.Resource.Uid, time.GetUtcNow(), AccountOf(seen).Organisation,
        AccountOf(seen).Credentials.SourceName, AccountOf(seen).Id ?? "", seen.KnownAddon ?? "");

    /// <summary>Asks for the add-on that the mark was written for.</summary>
    public async Task<Acted> CreateAsync(Observation seen, CancellationToken token)
    {
        var (account, resolved) = (AccountOf(seen), seen.Catalogue!.Addon!);
        var options = new Dictionary<string, string>(seen.Spec!.Options, StringComparer.Ordinal);
        if (seen.Kind.TakesVersion && resolved.Version is { } version && (seen.Spec.Version is not null || !seen.Kind.UpdatesVersion))
        {
            options["version"] = version;
        }

        var request = new CleverAddonRequest(seen.AddonName, resolved.Region, seen.Kind.ProviderId, resolved.PlanId, options);
        CleverAddon addon;
        try
        {
            addon = await account.Api.CreateAddonAsync(account.Organisation, request, MayLeave(seen), token);
        }
        catch (CleverApiException failure) when (failure.IsOutcomeUnknown)
        {
            return Failed(Problems.NoClearAnswer(failure.Message), seen);
        }
        catch (CleverApiException failure)
        {
            return Failed(Naming(Problem.From(failure, Reason.CreationRejected)), await VoidAsync(seen, token));
        }

        if (addon.Name is not null && seen.Owner.Judge(seen.Kind, seen.Resource, addon) is not (Ownership.Ours or Ownership.Unclaimed))
        {
            return Failed(Problems.NoClearAnswer("the answer shows an add-on of another name"), seen);
        }

        var known = memory.Resources.Update(seen.Resource.Uid, known => known with { Attempt = null, Addon = addon.Id });
        LogCreated(seen.Key, addon.Id, account.Organisation, request.Plan, request.Region);
        return Acted.GoOn(seen with { Memory = known, Addon = new Finding(FindingState.Ours, addon) { IsNew = true } });
    }

    /// <summary>Writes into the mark of this pass that nothing came of it: it binds nobody, and nobody waits for it.</summary>
    public async Task<Observation> VoidAsync(Observation seen, CancellationToken token)
    {
        memory.Resources.Update(seen.Resource.Uid, known => known with { Attempt = null });
        return observer.With(await writer.MarkAsync(seen, seen.Marked! with { IsRefused = true }, token), seen);
    }

    /// <summary>Renames an add-on; gives it as the API has it then, read back where no answer came. Null when it is gone.</summary>
    public static async Task<CleverAddon?> RenameAsync(Account account, string addonId, string name, CancellationToken token)
    {
        try
        {
            return await account.Api.RenameAddonAsync(account.Organisation, addonId, name, token);
        }
        catch (CleverApiException failure) when (failure.IsOutcomeUnknown)
        {
            return await account.Api.FindAddonAsync(account.Organisation, addonId, token);
        }
    }

    /// <summary>Renames the add-on to what says that it is ours, and reads back what the API has then.</summary>
    public async Task<Acted> ClaimAsync(Observation seen, CancellationToken token)
    {
        var (account, before) = (AccountOf(seen), seen.Addon!.Addon!);
        CleverAddon? after;
        try
        {
            after = await RenameAsync(account, before.Id, seen.AddonName, token);
        }
        catch (CleverApiException failure)
        {
            return Failed(Naming(Problem.From(failure, Reason.ClaimRejected)), seen);
        }

        if (after is null || after.Name != seen.AddonName)
        {
            return Failed(
                new Problem(
                    ConditionType.AddonReady, Reason.ClaimRejected,
                    $"the add-on {before.Id} was to be renamed to {seen.AddonName}, and still has another name; it is tried again")
                { IsUnknown = true },
                seen);
        }

        LogClaimed(seen.Key, after.Id, before.Name ?? "", seen.AddonName);
        inventory.Add(account, after, seen.AddonName);
        var state = seen.Owner.UsesBareNames ? FindingState.Unclaimed : FindingState.Ours;
        var known = memory.Resources.Update(seen.Resource.Uid, known => known with { Attempt = null, Addon = after.Id });
        return Acted.GoOn(seen with { Memory = known, Addon = new Finding(state, after) });
    }

    /// <summary>Writes the variables that the spec asks for. Each write restarts every application linked to the provider.</summary>
    public static async Task<Acted> ChangeAsync(Observation seen, CancellationToken token)
    {
        await AccountOf(seen).Api.SetVariablesAsync(seen.Addon!.Addon!.RealId, seen.Spec!.Variables, token);
        return Acted.GoOn(seen with { Variables = seen.Spec.Variables });
    }

    /// <summary>Deletes the add-on and sees it gone.</summary>
    public async Task<Acted> DeleteAsync(Observation seen, CancellationToken token)
    {
        var (account, addon) = (AccountOf(seen), seen.Addon!.Addon!);
        if (!memory.Deletions.TryTake(seen.Resource.Namespace, seen.Resource.Uid, seen.Namespace!.IsGoing, seen.AllowsDeletions))
        {
            return Acted.GoOn(seen with { HasRoomToDelete = false, UntilRoomToDelete = memory.Deletions.UntilRoom() });
        }

        try
        {
            await account.Api.DeleteAddonAsync(account.Organisation, addon.Id, token);
        }
        catch (CleverApiException failure)
        {
            return Failed(Problem.From(failure, Reason.DeletionBlocked), seen);
        }

        if (await account.Api.FindAddonAsync(account.Organisation, addon.Id, token) is not null)
        {
            return Failed(LeavingProblems.StillThere(addon.Id), seen);
        }

        LogDeleted(seen.Key, addon.Id, account.Organisation);
        return Acted.GoOn(seen with { Addon = new Finding(FindingState.Gone, addon) });
    }

    /// <summary>Logs that a resource is let go.</summary>
    public void LogLetGo(Observation seen, Decision.LetGo go)
    {
        if (go.Reason != Reason.Deleted)
        {
            LogReleased(seen.Key, go.Reason, go.Message);
        }
    }

    // Whoever serves the cluster after us sees the mark, and asks again once the window is over. If this process was stopped in between,
    // or the machine asleep, which only the clock on the wall tells, then it must not ask as well.
    private Func<bool> MayLeave(Observation seen)
    {
        var limit = seen.Rules.CreationWindow / 2;
        return () => time.GetElapsedTime(seen.MarkedAt) < limit && time.GetUtcNow() - seen.Marked!.At < limit;
    }

    // What lengths and letters the API takes in a name is not documented: who is refused for it must know the way out.
    private static Problem Naming(Problem problem) => problem.Reason is Reason.CreationRejected or Reason.ClaimRejected
        ? problem with { Message = $"{problem.Message} (If the add-on's name is refused, set addon-names = \"reference\" in [operator].)" }
        : problem;

    private static Acted Failed(Problem problem, Observation seen) => Acted.GoOn(seen with { Failure = problem });

    private static Account AccountOf(Observation seen) => seen.Account!.Account!;

    [LoggerMessage(EventId = 601, Level = LogLevel.Information, Message = "{Resource}: add-on {Addon} created in {Organisation}, plan {Plan}, region {Region}")]
    private partial void LogCreated(ReconcileKey resource, string addon, string organisation, string plan, string region);

    [LoggerMessage(EventId = 602, Level = LogLevel.Information, Message = "{Resource}: add-on {Addon} renamed from {Before} to {After}")]
    private partial void LogClaimed(ReconcileKey resource, string addon, string before, string after);

    [LoggerMessage(EventId = 610, Level = LogLevel.Information, Message = "{Resource}: add-on {Addon} of {Organisation} deleted")]
    private partial void LogDeleted(ReconcileKey resource, string addon, string organisation);

    [LoggerMessage(EventId = 611, Level = LogLevel.Warning, Message = "{Resource}: let go, {Reason}: {Told}")]
    private partial void LogReleased(ReconcileKey resource, string reason, string told);
}
