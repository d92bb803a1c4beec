using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>Takes add-ons over by their name, and gives them back the one they had.</summary>
/// <param name="claims">Shared by all clusters of the process.</param>
internal sealed partial class AddonAdoptions(
    Observer observer, ResourceWriter writer, EventWriter events, ResourceMemory memory, AddonInventory inventory, AdoptionClaims claims, ILogger<AddonAdoptions> logger)
{
    /// <summary>
    /// Gives the add-on the resource's name, if it still has the one that was decided by. The name it had is in the status before: whoever
    /// goes on after a crash knows it. Gives the resource as it is then, and what went wrong: nothing when the API shows the new name.
    /// </summary>
    public async Task<(Observation Seen, Problem? Refused)> ClaimAsync(Observation seen, CleverAddon decided, CancellationToken token)
    {
        using var claim = await claims.EnterAsync(decided.Id, token);
        var account = seen.Account!.Account!;
        if (await account.Api.FindAddonAsync(account.Organisation, decided.Id, token) is not { } live || live.Name != decided.Name)
        {
            return (seen, AdoptionProblems.ChangedMeanwhile(decided));
        }

        var draft = writer.Draft(seen);
        draft.Set("adoptedName", live.Name);
        seen = observer.With(await writer.WriteStatusAsync(seen, draft, token), seen);
        CleverAddon? after;
        try
        {
            after = await AddonChanges.RenameAsync(account, live.Id, seen.AddonName, token);
        }
        catch (CleverApiException failure)
        {
            return (seen, Problem.From(failure, Reason.ClaimRejected));
        }

        if (after?.Name != seen.AddonName)
        {
            return (seen, AdoptionProblems.ChangedMeanwhile(decided));
        }

        LogAdopted(seen.Key, live.Id, live.Name ?? "", seen.AddonName);
        inventory.Add(account, after, seen.AddonName);
        memory.Update(seen.Resource.Uid, known => known with { Attempt = null, Addon = after.Id });
        return (seen, null);
    }

    /// <summary>
    /// Gives the add-on of a resource that is let go the name it had before, as far as it is certainly the resource's and that name tells no
    /// resource: another's name could be written into a status. What keeps it from that is told and keeps nobody.
    /// </summary>
    public async Task RestoreNameAsync(Observation seen, string former, CancellationToken token)
    {
        if (AddonName.Read(former) is not null || former.Length > Adoption.MaxLength || former.Any(char.IsControl))
        {
            return;
        }

        try
        {
            // Only the trusted take over what bears a name of people: with others it was written into the status by somebody else.
            seen = await observer.LookAsync(seen, Fact.Credentials, token);
            if (!DecideAdoption.IsTrusted(seen))
            {
                return;
            }

            seen = await observer.LookAsync(seen, Fact.Account, token);
            var why = seen.Account!.Account is not { } account ? seen.Account.Problem!.Message
                : await RenamedBackAsync(await observer.LookAsync(seen, Fact.Addon, token), account, former, token);
            if (why is not null)
            {
                await TellAsync(seen, former, why, token);
            }
        }
        catch (CleverApiException failure)
        {
            await TellAsync(seen, former, failure.Message, token);
        }
    }

    private async Task<string?> RenamedBackAsync(Observation seen, Account account, string former, CancellationToken token)
    {
        if (seen.Addon is not { State: FindingState.Ours, Addon: { } addon })
        {
            return "it is not found under the name it should have";
        }

        using var claim = await claims.EnterAsync(addon.Id, token);
        var after = await account.Api.RenameAddonAsync(account.Organisation, addon.Id, former, token);
        inventory.Add(account, after, former);
        LogAdopted(seen.Key, addon.Id, addon.Name ?? "", former);
        return null;
    }

    private Task TellAsync(Observation seen, string former, string why, CancellationToken token) =>
        events.WriteAsync(seen, "Warning", Reason.NameNotRestored, $"the add-on is let go, and could not get back the name \"{former}\" it had before: {why}", token);

    [LoggerMessage(EventId = 603, Level = LogLevel.Information, Message = "{Resource}: add-on {Addon} taken over, renamed from {Before} to {After}")]
    private partial void LogAdopted(ReconcileKey resource, string addon, string before, string after);
}
