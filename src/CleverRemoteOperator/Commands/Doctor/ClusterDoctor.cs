using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Commands.Doctor;

/// <summary>Looks at one cluster as the operator will: what leads there, who we are, what we may, what is installed, who serves it.</summary>
/// <param name="limit">How long all of it may take.</param>
internal sealed class ClusterDoctor(IClusterFactory factory, OperatorOptions options, TimeProvider time, TimeSpan limit)
{
    private static readonly TimeSpan SkewLimit = TimeSpan.FromSeconds(5);
    private static readonly ApiResource Self = new("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview");
    private const int MostNamed = 5;

    /// <summary>Never throws for the cluster.</summary>
    public async Task<Finding> LookAsync(FleetCluster cluster, CancellationToken token)
    {
        var subject = $"cluster {cluster.Name}";
        if (cluster.Definition is not { } definition)
        {
            return new(subject, [Check.Failed("kubeconfig", $"{cluster.Source}: {cluster.Problem}")]);
        }

        List<Check> checks = [.. KubeconfigChecks.Of(definition, time)];
        using var deadline = new Deadline(limit, time, token);
        try
        {
            using var api = factory.Connect(definition);
            await LookAsync(api, definition, checks, deadline.Token);
        }
        catch (KubernetesApiException failure)
        {
            checks.Add(Check.Failed("connection", $"{Word(failure)}: {failure.Message}"));
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            checks.Add(Check.Failed("connection", $"not all was answered within {limit.TotalSeconds:0} s"));
        }

        return new(subject, checks);
    }

    private async Task LookAsync(ICluster api, ClusterDefinition definition, List<Check> checks, CancellationToken token)
    {
        checks.Add(Check.Ok("connection", $"{await api.GetVersionAsync(token)} at {Printable.Of(api.Identity.Split(' ')[0], 128)}"));
        checks.Add(await TryAsync("clock", () => ClockAsync(api, token)));
        string? user = null;
        checks.Add(await TryAsync("identity", async () =>
        {
            var info = (await api.ReviewAsync(Self, null, token))["userInfo"];
            user = info.Text("username");
            var groups = (info?["groups"] as JsonArray ?? []).Select(group => Printable.Of(group.Text() ?? "", 64)).Where(group => group != "system:authenticated").ToList();
            return Check.Ok("identity", Printable.Of(user ?? "unknown", 128) + (groups.Count == 0 ? "" : $", groups {string.Join(", ", groups)}"));
        }));
        IReadOnlyList<ApiResource> served = [];
        checks.Add(await TryAsync("definitions", async () => Definitions(served = await ServedTypes.DiscoverAsync(api, token))));
        checks.Add(await TryAsync("rights", () => RightsAsync(api, definition, served, user, token)));
        checks.Add(await TryAsync("reference operator", () => ReferenceOperator.LookAsync(api, token)));
        checks.Add(await TryAsync("lease", () => LeaseAsync(api, definition, token)));
    }

    // What cannot be looked at keeps nothing else from being looked at.
    private static async Task<Check> TryAsync(string what, Func<Task<Check>> look)
    {
        try
        {
            return await look();
        }
        catch (KubernetesApiException failure) when (failure.IsNotFound || failure.Means(FailureMeaning.NotServed))
        {
            return Check.Note(what, "cannot be looked at: this server does not answer such questions");
        }
        catch (KubernetesApiException failure)
        {
            return Check.Failed(what, failure.Message + (failure.IsForbidden && (what is "identity" or "rights") ? ": let it ask, as the ClusterRole system:basic-user does" : ""));
        }
    }

    private async Task<Check> ClockAsync(ICluster api, CancellationToken token)
    {
        var asked = time.GetUtcNow();
        using var answer = await api.OpenAsync("version", token);
        if (answer.Headers.Date is not { } date)
        {
            return Check.Note("clock", "the server does not tell its time");
        }

        // The server's time has whole seconds, and belongs to some moment between question and answer.
        var skew = date < asked - TimeSpan.FromSeconds(1) ? date - asked : date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero;
        return skew.Duration() <= SkewLimit
            ? Check.Ok("clock", "the server's agrees with ours")
            : Check.Warning("clock", $"the server's is {Age.Of(skew.Duration())} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} ours: set both by NTP, or tokens and certificates are refused before their time");
    }

    private static Check Definitions(IReadOnlyList<ApiResource> served)
    {
        const string Way = "kubectl apply -f deployments/crds/product";
        if (served.Count == 0)
        {
            return Check.Failed("definitions", $"none of the kinds is defined: {Way}");
        }

        var missing = AddonCatalog.All.Where(kind => served.All(type => type.Plural != kind.Plural)).Select(kind => kind.Name).ToList();
        var isReference = served.Any(type => AddonCatalog.ByPlural(type.Plural) is { ReferenceName: { } name } && name == type.Kind);
        var names = isReference ? "under the reference operator's names" : "under the product's names";
        var count = served.Select(type => type.Plural).Distinct(StringComparer.Ordinal).Count();
        return missing.Count == 0
            ? Check.Ok("definitions", $"all {count} kinds, {names}")
            : Check.Warning("definitions", $"{count} of {AddonCatalog.All.Count} kinds, {names}; missing: {string.Join(", ", missing)}; to have them: {(isReference ? "kubectl apply -f deployments/crds/reference" : Way)}");
    }

    private async Task<Check> RightsAsync(ICluster api, ClusterDefinition definition, IReadOnlyList<ApiResource> served, string? user, CancellationToken token)
    {
        var lease = options.NoLease ? null : definition.LeaseNamespace(options.LeaseNamespace);
        var needed = Right.Needed(definition, lease, (plural, group) => served.Any(type => type.Plural == plural && type.Group == group));
        var missing = await new RightsReview(api).MissingAsync(needed, token);
        if (missing.Count == 0)
        {
            return Check.Ok("rights", $"all {needed.Count}");
        }

        var isBroken = missing.Any(right => !right.IsOptional);
        var named = missing.OrderBy(right => right.IsOptional).Take(MostNamed).Select(right => right.ToString())
            .Concat(missing.Count > MostNamed ? [$"{missing.Count - MostNamed} more"] : Array.Empty<string>());
        var message = $"{missing.Count} of {needed.Count} missing{(isBroken ? "" : ", all of which it can do without")}: {string.Join("; ", named)}. The manifests below grant them";
        return (isBroken ? Check.Failed("rights", message) : Check.Warning("rights", message)) with { Manifests = RbacManifest.Missing(missing, user) };
    }

    private async Task<Check> LeaseAsync(ICluster api, ClusterDefinition definition, CancellationToken token)
    {
        if (options.NoLease)
        {
            return Check.Note("lease", "none is held (--no-lease): only one instance may run");
        }

        var @namespace = definition.LeaseNamespace(options.LeaseNamespace);
        var where = $"Lease {@namespace}/{LeaseRecord.Name}";
        if (await api.GetLeaseAsync(@namespace, LeaseRecord.Name, token) is not { } found)
        {
            return Check.Note("lease", $"{where} does not exist: no operator has served the cluster yet");
        }

        var lease = LeaseRecord.Read(found);
        var since = time.GetUtcNow() - lease.Renewed;
        return lease.Holder.Length == 0 ? Check.Note("lease", $"{where} is held by nobody: no operator serves the cluster now")
            : since > ClusterLease.Duration ? Check.Warning("lease", $"{where} was last renewed {Age.Of(since)} ago by {Printable.Of(lease.Holder, 128)}, which is gone: no operator serves the cluster now")
            : Check.Ok("lease", $"{where} is held by {Printable.Of(lease.Holder, 128)}, renewed {Age.Of(since)} ago");
    }

    private static string Word(KubernetesApiException failure) => failure.Reason.Length > 0 ? failure.Reason : "failed";
}
