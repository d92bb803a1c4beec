using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Benchmarks.Soak.Chaos;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>After the faults: owners put right what only they can, and the operators get time to bring all in order.</summary>
internal sealed class Settlement(
    TestBed bed, IReadOnlyList<Churn> churns, Comparison comparison, AddonHistory history, Journal journal, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly List<Violation> _blocked = [];
    private readonly HashSet<TrackedResource> _released = [];

    /// <summary>Waits until nothing is wrong and stays so for longer than a creation may be delayed; gives what is wrong then, and how long it took.</summary>
    public async Task<(IReadOnlyList<Violation> Violations, TimeSpan Took)> RunAsync()
    {
        var start = time.GetTimestamp();
        await Task.WhenAll(churns.SelectMany(churn => churn.Namespaces).Where(home => home.DeleteRequested is null).Select(RestoreAsync));
        var violations = await comparison.RunAsync();
        while (violations.Any(violation => !violation.IsFinal) && time.GetElapsedTime(start) < Limit)
        {
            await Task.Delay(LookAgain, time);
            await ReleaseAsync();
            violations = await comparison.RunAsync();
        }

        var took = time.GetElapsedTime(start);
        await Task.Delay(TestBed.CreationWindow * 1.5, time);
        return ([.. _blocked, .. await comparison.RunAsync()], took);
    }

    // A resource is only deleted with the credentials it was created with: each of the namespace's accounts gets its turn.
    private async Task RestoreAsync(TrackedNamespace home)
    {
        foreach (var account in home.Accounts.Where(account => account != home.Account).Append(home.Account).OfType<Sandbox.CleverApi.Authorization.Account>().ToList())
        {
            if (account != home.Account)
            {
                journal.Add(home.Subject, $"namespace credentials restored: {account}");
                await home.UseAsync(account, bed.Endpoint);
            }

            var start = time.GetTimestamp();
            while (await IsAnyWaitingForAsync(home, account.OrganisationId) && time.GetElapsedTime(start) < RestoreLimit)
            {
                await Task.Delay(LookAgain, time);
            }
        }
    }

    private static async Task<bool> IsAnyWaitingForAsync(TrackedNamespace home, string organisation)
    {
        foreach (var resource in home.Resources.Where(resource => resource.DeleteRequested is not null))
        {
            if (await home.Cluster.Api.GetAsync(resource.Path) is { } live && live.ToJsonString().Contains(organisation, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // In a namespace that is being terminated no Secret can be restored: after a restart the owner has to let go of the resource, and
    // deletes the add-on once it is gone. How long that may take is the limit of all: its cluster may just have been out of reach.
    private async Task ReleaseAsync()
    {
        foreach (var resource in churns.SelectMany(churn => churn.Namespaces).Where(home => home.DeleteRequested is not null).SelectMany(home => home.Resources))
        {
            var live = await resource.Home.Cluster.Api.GetAsync(resource.Path);
            if (live is null && _released.Remove(resource))
            {
                DeleteAddonOf(resource);
            }
            else if (live?.Condition("CredentialsResolved", "reason") == Reason.DeletionBlocked && _released.Add(resource))
            {
                await LetGoAsync(resource);
            }
        }
    }

    private async Task LetGoAsync(TrackedResource resource)
    {
        // Who serves the cluster since before the resource was there has known its credentials.
        if (await resource.Home.Cluster.Api.GetAsync(LeasePath) is { } lease && LeaseRecord.Read(lease.Deserialize(KubernetesModels.Default.V1Lease)!) is { Holder.Length: > 0 } held && held.Acquired < resource.CreatedAt)
        {
            _blocked.Add(new Violation(ViolationKind.LeakedFinalizer, resource.Subject, resource.Uid, $"blocked although {held.Holder} has served it since {held.Acquired:HH:mm:ss}"));
        }

        journal.Add(resource.Subject, "released by its owner");
        await resource.Home.Cluster.Api.PatchAsync(resource.Path, ReleasePatch);
    }

    private void DeleteAddonOf(TrackedResource resource)
    {
        history.Look();
        foreach (var lifetime in history.All.Where(lifetime => lifetime.GoneAt is null && lifetime.Uid.Equals(resource.Uid, StringComparison.OrdinalIgnoreCase)))
        {
            journal.Add(resource.Subject, $"add-on deleted by its owner: {lifetime.Addon.Id}");
            history.DeleteByHand(lifetime.Addon);
        }
    }

    private const string LeasePath = $"/apis/coordination.k8s.io/v1/namespaces/default/leases/{LeaseRecord.Name}";

    private static string ReleasePatch { get; } = new JsonObject
    {
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Steering.ReleaseAnnotation] = "true" } },
    }.ToJsonString();
}
