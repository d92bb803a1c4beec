using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Queueing;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Reconciling;

/// <summary>The end of a resource: find its add-on, prove that it is ours, delete it, see it gone, and only then drop the finalizer.</summary>
internal sealed partial class AddonDeletion(
    ICluster cluster, ResourceWriter writer, PlacementResolver placements, CreationMemory memory, OperatorOptions options,
    ILogger<AddonDeletion> logger)
{
    /// <summary>With this annotation set to <c>true</c> the resource is let go and its add-on is left as it is.</summary>
    public const string ReleaseAnnotation = "api.clever-cloud.com/release";

    private static readonly TimeSpan CheckAgain = TimeSpan.FromSeconds(5);

    public async Task<ReconcileResult> RunAsync(AddonPass pass, CancellationToken token)
    {
        if (!pass.HasFinalizer)
        {
            return ReconcileResult.Done;
        }

        if (IsReleased(pass.Resource))
        {
            LogReleased(pass.Key, pass.Status.Addon ?? "none known");
            return await LetGoAsync(pass, Reason.Released, $"the add-on {pass.Status.Addon ?? pass.AddonName} is kept: annotation {ReleaseAnnotation}=true", token);
        }

        if (pass.Status.Addon is null && pass.Mark is { IsRefused: true } && !memory.IsOpen(pass.Resource.Uid))
        {
            return await LetGoAsync(pass, Reason.Deleted, "no add-on had been created", token);
        }

        try
        {
            return await DeleteAsync(pass, token);
        }
        catch (CleverApiException failure)
        {
            throw AddonProblem.From(failure, Reason.DeletionBlocked);
        }
    }

    private async Task<ReconcileResult> DeleteAsync(AddonPass pass, CancellationToken token)
    {
        var spec = Addons.AddonSpecReader.Read(pass.Kind, pass.Resource.Spec.ToObject()).Spec;
        var placement = await placements.ForDeletionAsync(pass, spec, token);
        if (await AddonFinder.FindAsync(pass, placement, token) is not { } addon)
        {
            return StillUncertain(pass) is { } wait
                ? throw Unconfirmed(wait)
                : await LetGoAsync(pass, Reason.Deleted, "the add-on was gone already", token);
        }

        if (!await IsAskedForAsync(pass, token))
        {
            return new ReconcileResult(CheckAgain);
        }

        await placement.Api.DeleteAddonAsync(placement.Organisation, addon.Id, token);
        if (await placement.Api.FindAddonAsync(placement.Organisation, addon.Id, token) is not null)
        {
            throw new AddonProblem(ConditionType.AddonReady, Reason.Deleting, $"the add-on {addon.Id} is being deleted") { RetryAfter = CheckAgain };
        }

        LogDeleted(pass.Key, addon.Id, placement.Organisation);
        return await LetGoAsync(pass, Reason.Deleted, $"the add-on {addon.Id} is deleted", token);
    }

    // The watch may be behind: somebody may have let the resource go meanwhile, and a server that was restored may know of no deletion.
    private async Task<bool> IsAskedForAsync(AddonPass pass, CancellationToken token) =>
        await cluster.GetAsync(pass.Key.Type, pass.Key.Namespace, pass.Key.Name, token) is { DeletionTimestamp: not null } live
        && live.Uid == pass.Resource.Uid && live.Finalizers.Contains(pass.Kind.Finalizer) && !IsReleased(live);

    private static bool IsReleased(AddonResource resource) =>
        resource.Annotations.TryGetValue(ReleaseAnnotation, out var release) && release == "true";

    // A creation that got no answer may still come true; to let go of the resource now would leave a paid add-on behind.
    private TimeSpan? StillUncertain(AddonPass pass)
    {
        if (pass.Status.Addon is not null
            || (pass.Mark is null && !memory.IsOpen(pass.Resource.Uid) && !pass.Status.WasUnknown(ConditionType.AddonReady)))
        {
            return null;
        }

        var left = options.CreationWindow - memory.MissingFor(pass.Resource.Uid, pass.Mark?.Id ?? "");
        return left > TimeSpan.Zero ? left : null;
    }

    private static AddonProblem Unconfirmed(TimeSpan left) => new(
        ConditionType.AddonReady, Reason.CreationUnconfirmed,
        "the add-on was asked for but no answer came: it is looked for a while longer before the resource is let go")
    { IsUnknown = true, RetryAfter = left < CheckAgain ? left : CheckAgain };

    private async Task<ReconcileResult> LetGoAsync(AddonPass pass, string reason, string message, CancellationToken token)
    {
        await writer.RemoveFinalizerAsync(pass, token);
        await writer.EventAsync(pass, "Normal", reason, message, token);
        memory.Forget(pass.Resource.Uid);
        return ReconcileResult.Done;
    }

    [LoggerMessage(EventId = 610, Level = LogLevel.Information, Message = "{Resource}: add-on {Addon} of {Organisation} deleted")]
    private partial void LogDeleted(ReconcileKey resource, string addon, string organisation);

    [LoggerMessage(EventId = 611, Level = LogLevel.Warning, Message = "{Resource}: let go without touching its add-on {Addon}")]
    private partial void LogReleased(ReconcileKey resource, string addon);
}
