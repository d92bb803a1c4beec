using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Queueing;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Reconciling;

/// <summary>
/// Creates an add-on exactly once. A mark goes onto the resource before the API is asked; only a resource that nobody ever marked
/// is created without a look-up. After an attempt whose outcome is not known the add-on is looked for by its name, and asked for
/// again only after the list has been without it for longer than the creation window.
/// </summary>
internal sealed partial class AddonCreation(
    ResourceWriter writer, CreationMemory memory, AddonInventory inventory, OperatorOptions options, TimeProvider time, ILogger<AddonCreation> logger)
{
    // Nobody restores a resource from a backup this soon.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    /// <summary>The resource's add-on, found or created, and whether it was created in this pass.</summary>
    /// <param name="request">Gives the request once it is known that one is needed; throws <see cref="AddonProblem"/> when it cannot be met.</param>
    public async Task<(CleverAddon Addon, bool IsNew)> FindOrCreateAsync(
        AddonPass pass, Placement placement, Func<Task<CleverAddonRequest>> request, CancellationToken token)
    {
        if (pass.Mark is { } foreign && foreign.Uid != pass.Resource.Uid)
        {
            throw new AddonProblem(
                ConditionType.AddonReady, Reason.AdoptionRequired,
                $"the resource was copied or restored from another one (uid {Printable.Of(foreign.Uid)}), which may still have its add-on. Nothing is created. "
                + $"Remove the annotation {CreationMark.Annotation} to create a new add-on for this resource")
            { IsTerminal = true };
        }

        if (!IsUntouched(pass) || await WasRestoredAsync(pass, placement, token))
        {
            if (await AddonFinder.FindAsync(pass, placement, token) is { } found)
            {
                memory.Forget(pass.Resource.Uid);
                return (found, false);
            }

            await WaitUntilSureAsync(pass, placement, token);
        }

        return (await CreateAsync(pass, placement, await request(), token), true);
    }

    /// <summary>The resource is gone.</summary>
    public void Forget(string uid) => memory.Forget(uid);

    // Neither we nor the reference operator ever began anything for it. A later generation may have lost its mark in an edit.
    private bool IsUntouched(AddonPass pass) =>
        !IsBegun(pass) && pass.Mark is null && pass.Status.Addon is null && pass.Resource.Generation <= 1;

    // A server that is restored from a backup shows resources as they were before their marks. One shared list serves all of them.
    private async Task<bool> WasRestoredAsync(AddonPass pass, Placement placement, CancellationToken token) =>
        (time.GetUtcNow() - pass.Resource.CreationTimestamp).Duration() >= Young
        && await inventory.ContainsNameAsync(placement, pass.AddonName, token);

    // Whoever replaces a resource takes the mark away, and perhaps the finalizer: what the status says, and we remember, counts as well.
    private bool IsBegun(AddonPass pass) =>
        pass.HasFinalizer || memory.IsOpen(pass.Resource.Uid) || pass.Status.WasUnknown(ConditionType.AddonReady);

    private async Task WaitUntilSureAsync(AddonPass pass, Placement placement, CancellationToken token)
    {
        if (pass.Mark is { } mark)
        {
            // A refusal proves nothing while an attempt of our own is open: anybody can write that into a mark.
            if ((!mark.IsRefused || memory.IsOpen(pass.Resource.Uid))
                && options.CreationWindow - memory.MissingFor(pass.Resource.Uid, mark.Id) is var left && left > TimeSpan.Zero)
            {
                throw Unconfirmed(left);
            }
        }
        else if (IsBegun(pass))
        {
            // Begun by the reference operator, or the mark was taken away: from here on as after an attempt without an answer.
            await writer.MarkAsync(pass, NewMark(pass, placement), token);
            throw Unconfirmed(options.CreationWindow);
        }
    }

    private async Task<CleverAddon> CreateAsync(AddonPass pass, Placement placement, CleverAddonRequest request, CancellationToken token)
    {
        var mark = NewMark(pass, placement);
        var mayLeave = InTime();
        await writer.MarkAsync(pass, mark, token);
        memory.Begin(pass.Resource.Uid);
        CleverAddon addon;
        try
        {
            addon = await placement.Api.CreateAddonAsync(placement.Organisation, request, mayLeave, token);
        }
        catch (CleverApiException failure) when (failure.IsOutcomeUnknown)
        {
            throw NoClearAnswer(failure.Message, failure);
        }
        catch (CleverApiException failure)
        {
            memory.Forget(pass.Resource.Uid);
            await writer.MarkAsync(pass, mark with { IsRefused = true }, token);
            throw AddonProblem.From(failure, Reason.CreationRejected);
        }

        if (addon.Name is not null && !pass.Owns(addon))
        {
            throw NoClearAnswer("the answer shows an add-on of another name");
        }

        memory.Forget(pass.Resource.Uid);
        LogCreated(pass.Key, addon.Id, placement.Organisation, request.Plan, request.Region);
        return addon;
    }

    // Whoever serves the cluster after us sees the mark, and asks again once the window is over. If this process was stopped in between,
    // or the machine asleep, which only the clock on the wall tells, then it must not ask as well.
    private Func<bool> InTime()
    {
        var (began, at) = (time.GetTimestamp(), time.GetUtcNow());
        return () => time.GetElapsedTime(began) < options.CreationWindow / 2 && time.GetUtcNow() - at < options.CreationWindow / 2;
    }

    private static AddonProblem NoClearAnswer(string why, Exception? failure = null) => new(
        ConditionType.AddonReady, Reason.CreationUnconfirmed,
        $"the add-on was asked for but no answer tells whether it exists ({why}); it is looked for before it is asked for again", failure)
    { IsUnknown = true };

    private CreationMark NewMark(AddonPass pass, Placement placement) => new(
        Guid.CreateVersion7().ToString("N"), pass.Resource.Uid, time.GetUtcNow(), placement.Organisation, placement.Credentials.SourceName,
        placement.Account ?? "");

    private static AddonProblem Unconfirmed(TimeSpan left) => new(
        ConditionType.AddonReady, Reason.CreationUnconfirmed,
        "it is not known whether the add-on was created: it is looked for by its name, and asked for again once the list has been without it long enough")
    { IsUnknown = true, RetryAfter = left < LookAgain ? left : LookAgain };

    [LoggerMessage(EventId = 601, Level = LogLevel.Information, Message = "{Resource}: add-on {Addon} created in {Organisation}, plan {Plan}, region {Region}")]
    private partial void LogCreated(ReconcileKey resource, string addon, string organisation, string plan, string region);
}
