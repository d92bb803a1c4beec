using System.Collections.Concurrent;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Reconciling;

/// <summary>The story of one resource: what it asks for, whose account, its add-on, its Secret, its status.</summary>
internal sealed class AddonReconciler(
    IResourceReader resources, ResourceWriter writer, PlacementResolver placements, AddonCreation creation, AddonDeletion deletion,
    AddonInventory inventory, SecretPublisher secrets, ResyncInterval resync, TimeProvider time) : IReconciler
{
    // What the watch shows is older than what the server has: the change is on its way.
    private static readonly TimeSpan StaleDelay = TimeSpan.FromMilliseconds(200);

    // Generation of each resource as this process last brought it in order: all there is to go by where a CRD drops conditions.
    private readonly ConcurrentDictionary<string, long> _inOrder = new(StringComparer.Ordinal);

    public async Task<ReconcileResult> ReconcileAsync(ReconcileKey key, CancellationToken token)
    {
        if (AddonCatalog.ByPlural(key.Type.Plural) is not { } kind || resources.Find(key) is not { } resource)
        {
            return ReconcileResult.Done;
        }

        var pass = new AddonPass(key, kind, resource, time);
        try
        {
            return resource.DeletionTimestamp is not null
                ? await deletion.RunAsync(pass, token)
                : await ProvisionAsync(pass, token);
        }
        catch (AddonProblem problem)
        {
            return await TellAsync(pass, problem, token);
        }
        catch (CleverApiException failure)
        {
            return await TellAsync(pass, AddonProblem.From(failure), token);
        }
        catch (KubernetesApiException failure) when (failure.IsConflict)
        {
            return new ReconcileResult(StaleDelay);
        }
        catch (KubernetesApiException failure) when (failure.IsRefused)
        {
            var reason = failure.IsMissingRight ? Reason.MissingRights : Reason.AdmissionDenied;
            return await TellAsync(pass, new AddonProblem(ConditionType.Ready, reason, failure.Message, failure), token);
        }
        catch (KubernetesApiException failure) when (failure.IsNotFound && resources.Find(key)?.Uid != resource.Uid)
        {
            return ReconcileResult.Done;
        }
    }

    public void Forget(string uid)
    {
        _inOrder.TryRemove(uid, out _);
        writer.Forget(uid);
        creation.Forget(uid);
    }

    private async Task<ReconcileResult> ProvisionAsync(AddonPass pass, CancellationToken token)
    {
        var spec = ReadSpec(pass);
        var placement = await placements.ForProvisioningAsync(pass, spec, token);
        var secretName = ConnectionSecret.NameOf(pass.Resource, spec);
        if (await IsInOrderAsync(pass, placement, secretName, token))
        {
            return resync.Next();
        }

        using var claim = secrets.Claim(pass.Resource, secretName);
        var (addon, isNew) = await creation.FindOrCreateAsync(pass, placement, () => RequestAsync(pass, spec, placement, secretName, token), token);
        pass.Status.ReportAddon(placement, addon, isNew);
        inventory.Add(placement, addon.Id, addon.Name ?? "");
        if (!pass.HasFinalizer)
        {
            await writer.AddFinalizerAsync(pass, token);
        }

        var environment = await EnvironmentAsync(pass, spec, placement, addon, isNew, token);
        pass.Status.ReportEnvironment(pass.Kind, environment);
        var differences = isNew ? null : await RequestBuilder.DifferencesAsync(pass, spec, placement, addon, token);
        await secrets.PublishAsync(pass.Resource, secretName, environment, token);
        pass.Status.Set("secret", secretName);
        pass.Status.SetCondition(ConditionType.SecretReady, "True", Reason.Published, $"the Secret {secretName} holds the add-on's environment");
        pass.Status.ReportReady(
            differences is null ? Reason.Available : Reason.SpecDiffers, differences ?? $"add-on {addon.Id}, Secret {secretName}");
        await writer.WriteStatusAsync(pass, token);
        _inOrder[pass.Resource.Uid] = pass.StartGeneration;
        return pass.Resource.Generation == pass.StartGeneration ? resync.Next() : new ReconcileResult(TimeSpan.Zero);
    }

    private async Task<CleverAddonRequest> RequestAsync(AddonPass pass, AddonSpec spec, Placement placement, string secretName, CancellationToken token)
    {
        await placements.ConfirmAsync(pass, placement, token);
        await secrets.RequireFreeAsync(pass.Resource, secretName, token);
        return await RequestBuilder.BuildAsync(pass, spec, placement, token);
    }

    private static AddonSpec ReadSpec(AddonPass pass)
    {
        var (spec, mistakes) = AddonSpecReader.Read(pass.Kind, pass.Resource.Spec.ToObject());
        return spec ?? throw new AddonProblem(ConditionType.Ready, Reason.InvalidSpec, string.Join("; ", mistakes)) { IsTerminal = true };
    }

    // Nothing is read or written for a resource that is as it was left: one shared list tells that its add-on is still there.
    private async Task<bool> IsInOrderAsync(AddonPass pass, Placement placement, string secretName, CancellationToken token) =>
        pass.Status.Addon is { } addon && pass.HasFinalizer && IsReported(pass)
        && await secrets.IsPublishedAsync(pass.Resource, secretName, token)
        && await inventory.ContainsAsync(placement, addon, pass.AddonName, token);

    // Where the CRD drops conditions only kinds whose environment comes from the spec could have missed a change of it.
    private bool IsReported(AddonPass pass) =>
        pass.Status.WasReady
        || (writer.DropsConditions(pass.Key.Type)
            && (!pass.Kind.WritesVariables || (_inOrder.TryGetValue(pass.Resource.Uid, out var generation) && generation == pass.StartGeneration)));

    private static async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(
        AddonPass pass, AddonSpec spec, Placement placement, CleverAddon addon, bool isNew, CancellationToken token)
    {
        if (!pass.Kind.WritesVariables)
        {
            return await placement.Api.GetEnvironmentAsync(placement.Organisation, addon.Id, token);
        }

        // Writing restarts every application linked to the provider: only a difference is worth it.
        var current = isNew ? new Dictionary<string, string>() : await placement.Api.GetVariablesAsync(addon.RealId, token);
        if (isNew || !SameAs(current, spec.Variables))
        {
            await placement.Api.SetVariablesAsync(addon.RealId, spec.Variables, token);
        }

        return spec.Variables;
    }

    private static bool SameAs(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private async Task<ReconcileResult> TellAsync(AddonPass pass, AddonProblem problem, CancellationToken token)
    {
        // A disturbance on the way says nothing about a resource that was in order: thousands of statuses must not flap with the API.
        if (!(problem.IsTransient && pass.Status.WasReady))
        {
            pass.Status.Report(problem);
            await writer.WriteStatusAsync(pass, token);
        }

        throw problem.IsTerminal ? new TerminalException($"{problem.Reason}: {problem.Message}") : problem;
    }
}
