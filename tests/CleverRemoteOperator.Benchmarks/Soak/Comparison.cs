using System.Text.Json.Nodes;
using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Benchmarks.Soak.Chaos;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>Compares what is in the clusters and at the Clever API with what the soak asked for.</summary>
internal sealed class Comparison(TestBed bed, IReadOnlyList<Churn> churns, AddonHistory history)
{
    private IEnumerable<TrackedNamespace> Namespaces => churns.SelectMany(churn => churn.Namespaces);

    /// <summary>All that is not as it must be now, and all that never should have been.</summary>
    public async Task<IReadOnlyList<Violation>> RunAsync()
    {
        history.Look();
        var resources = Namespaces.SelectMany(home => home.Resources).ToDictionary(resource => resource.Uid, StringComparer.OrdinalIgnoreCase);
        var now = await Task.WhenAll(Namespaces.Select(home => CheckAsync(home)));
        return [.. Duplicates(resources), .. history.All.SelectMany(lifetime => Check(lifetime, resources.GetValueOrDefault(lifetime.Uid))), .. now.SelectMany(found => found)];
    }

    private IEnumerable<Violation> Duplicates(Dictionary<string, TrackedResource> resources) =>
        from same in history.All.GroupBy(lifetime => lifetime.Addon.Name, StringComparer.OrdinalIgnoreCase)
        let inOrder = same.OrderBy(lifetime => lifetime.Since).ToList()
        from pair in inOrder.Zip(inOrder.Skip(1))
        where pair.First.Overlaps(pair.Second)
        select new Violation(
            ViolationKind.Duplicate, resources.GetValueOrDefault(pair.First.Uid)?.Subject ?? "clever", pair.First.Uid,
            $"{pair.First.Addon.Id} and {pair.Second.Addon.Id} are both called {same.Key}");

    private List<Violation> Check(AddonLifetime lifetime, TrackedResource? resource)
    {
        var addon = lifetime.Addon;
        Violation Broken(ViolationKind kind, string what) => new(kind, resource?.Subject ?? "clever", resource?.Uid ?? addon.Id, $"{addon.Id} ({addon.Name}) {what}");
        if (history.IsForeign(addon))
        {
            return lifetime.GoneAt is null ? [] : [Broken(ViolationKind.UnexpectedDelete, "was somebody else's and is gone")];
        }

        if (resource is null)
        {
            return [Broken(ViolationKind.Orphan, "belongs to no resource that ever was")];
        }

        List<Violation> found = [];
        if (lifetime.GoneAt is { } gone && !history.WasDeletedByHand(addon) && !(resource.DeleteRequested < gone))
        {
            found.Add(Broken(ViolationKind.UnexpectedDelete, $"went at {gone:HH:mm:ss.fff} while its resource lived"));
        }

        if (resource.Home.Accounts.Count > 0
            ? resource.Home.Accounts.All(account => !account.Owns(addon.OwnerId))
            : !bed.Accounts[0].Owns(addon.OwnerId))
        {
            found.Add(Broken(ViolationKind.AccountMismatch, $"is in {addon.OwnerId}, not in {string.Join(" or ", resource.Home.Accounts)}"));
        }

        return found;
    }

    private async Task<IReadOnlyList<Violation>> CheckAsync(TrackedNamespace home)
    {
        var found = new List<Violation>();
        foreach (var resource in home.Resources)
        {
            var live = await home.Cluster.Api.GetAsync(resource.Path);
            var addons = history.All.Where(lifetime => lifetime.GoneAt is null && lifetime.Uid.Equals(resource.Uid, StringComparison.OrdinalIgnoreCase)).ToList();
            if (resource.DeleteRequested is null)
            {
                found.AddRange(await CheckLivingAsync(resource, live, addons.FirstOrDefault()?.Addon));
            }
            else if (live is not null)
            {
                found.Add(Broken(resource, ViolationKind.LeakedFinalizer, $"still there, Ready is {Describe(live)}"));
            }
            else
            {
                found.AddRange(addons.Select(addon => Broken(resource, ViolationKind.Orphan, $"is gone, and {addon.Addon.Id} is still there")));
            }
        }

        if (home.DeleteRequested is not null && await home.Cluster.Api.GetAsync(home.Path) is not null && home.Resources.Count == 0)
        {
            found.Add(new Violation(ViolationKind.LeakedFinalizer, home.Subject, home.Name, "the namespace is still there"));
        }

        return found;
    }

    private async Task<IReadOnlyList<Violation>> CheckLivingAsync(TrackedResource resource, JsonObject? live, Addon? addon)
    {
        var account = resource.Home.Account ?? bed.Accounts[0];
        if (Recorded(live) is { } organisation && !account.Owns(organisation))
        {
            return live.IsHeldBy(Reason.CredentialsChanged) ? []
                : [Broken(resource, ViolationKind.NotReady, $"was begun in {organisation} and is now served by {account}: must say {Reason.CredentialsChanged}, but says {Describe(live)}")];
        }

        if (!live.IsReady() || addon is null)
        {
            return [Broken(resource, ViolationKind.NotReady, $"add-on {addon?.Id ?? "missing"}, Ready is {Describe(live)}")];
        }

        if (await resource.Home.Cluster.Api.GetAsync(resource.SecretPath) is not { } secret)
        {
            return [Broken(resource, ViolationKind.MissingSecret, $"no Secret at {resource.SecretPath}")];
        }

        var wanted = resource.Variable is { } variable
            ? new Dictionary<string, string> { [Manifests.VariableName] = variable }
            : bed.Clever.Addons.TemplateOf(addon).Environment().ToDictionary(entry => entry.Name, entry => entry.Value);
        var held = secret.Data();
        return wanted.Count == held.Count && wanted.All(pair => held.GetValueOrDefault(pair.Key) == pair.Value) ? []
            : [Broken(resource, ViolationKind.SecretMismatch, $"{resource.SecretPath} differs from the environment of {addon.Id}")];
    }

    // Which account the operator says it began with: in the status, or in its mark while there is none.
    private static string? Recorded(JsonObject? live) =>
        live.StatusField("organisation")
        ?? ((string?)live?["metadata"]?["annotations"]?[CreationMark.Annotation] is { } mark ? (string?)JsonNode.Parse(mark)!["organisation"] : null);

    private static string Describe(JsonObject? live) => live is null ? "nothing: the resource is not there"
        : $"{live.Condition("Ready", "status") ?? "not set"} {live.Condition("Ready", "reason")} {live.Condition("Ready", "message")}";

    private static Violation Broken(TrackedResource resource, ViolationKind kind, string what) => new(kind, resource.Subject, resource.Uid, what);
}
