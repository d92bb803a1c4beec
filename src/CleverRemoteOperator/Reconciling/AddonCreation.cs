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
    ResourceWriter writer, CreationMemory memory, OperatorOptions options, TimeProvider time, ILogger<AddonCreation> logger)
{
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

        if (!IsUntouched(pass))
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
    private static bool IsUntouched(AddonPass pass) =>
        pass.Mark is null && pass.Status.Addon is null && !pass.HasFinalizer && pass.Resource.Generation <= 1;

    private async Task WaitUntilSureAsync(AddonPass pass, Placement placement, CancellationToken token)
    {
        if (pass.Mark is not { } mark)
        {
            if (pass.HasFinalizer)
            {
                // Begun by the reference operator, or the mark was taken away: from here on as after an attempt without an answer.
                await writer.MarkAsync(pass, NewMark(pass, placement), token);
                throw Unconfirmed(options.CreationWindow);
            }

            return;
        }

        var since = memory.Missing(pass.Resource.Uid, pass.Now);
        var left = options.CreationWindow - (pass.Now - (since > mark.At ? since : mark.At));
        if (left > TimeSpan.Zero && !mark.IsRefused)
        {
            throw Unconfirmed(left);
        }
    }

    private async Task<CleverAddon> CreateAsync(AddonPass pass, Placement placement, CleverAddonRequest request, CancellationToken token)
    {
        var mark = NewMark(pass, placement);
        await writer.MarkAsync(pass, mark, token);
        memory.Forget(pass.Resource.Uid);
        try
        {
            var addon = await placement.Api.CreateAddonAsync(placement.Organisation, request, token);
            LogCreated(pass.Key, addon.Id, placement.Organisation, request.Plan, request.Region);
            return addon;
        }
        catch (CleverApiException failure) when (failure.IsOutcomeUnknown)
        {
            throw new AddonProblem(
                ConditionType.AddonReady, Reason.CreationUnconfirmed,
                $"the add-on was asked for but no answer tells whether it exists ({failure.Message}); it is looked for before it is asked for again", failure)
            { IsUnknown = true };
        }
        catch (CleverApiException failure)
        {
            await writer.MarkAsync(pass, mark with { IsRefused = true }, token);
            throw AddonProblem.From(failure, Reason.CreationRejected);
        }
    }

    private CreationMark NewMark(AddonPass pass, Placement placement) => new(
        Guid.CreateVersion7().ToString("N"), pass.Resource.Uid, time.GetUtcNow(), placement.Organisation, placement.Credentials.SourceName);

    private static AddonProblem Unconfirmed(TimeSpan left) => new(
        ConditionType.AddonReady, Reason.CreationUnconfirmed,
        "it is not known whether the add-on was created: it is looked for by its name, and asked for again once the list has been without it long enough")
    { IsUnknown = true, RetryAfter = left < LookAgain ? left : LookAgain };

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    [LoggerMessage(EventId = 601, Level = LogLevel.Information, Message = "{Resource}: add-on {Addon} created in {Organisation}, plan {Plan}, region {Region}")]
    private partial void LogCreated(ReconcileKey resource, string addon, string organisation, string plan, string region);
}
