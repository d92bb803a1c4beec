using System.Net;
using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;

namespace CleverRemoteOperator.Benchmarks.Soak.Chaos;

/// <summary>What the tenants of one cluster do: namespaces, credentials and resources come, change and go.</summary>
internal sealed class Churn(BedCluster cluster, TestBed bed, AddonHistory history, Journal journal, Dice dice, TimeProvider time)
{
    private const int MaxNamespaces = 4;
    private const int MaxResources = 16;

    private readonly List<TrackedNamespace> _namespaces = [];
    private readonly List<string> _variables = [];
    private int _names;

    /// <summary>Every namespace there ever was.</summary>
    public IReadOnlyList<TrackedNamespace> Namespaces => _namespaces;

    /// <summary>Every value that ever stood in a config provider's spec: tenants keep secrets there.</summary>
    public IReadOnlyList<string> Variables => _variables;

    private List<TrackedNamespace> Open => [.. _namespaces.Where(home => home.DeleteRequested is null)];

    private List<TrackedResource> Living => [.. Open.SelectMany(home => home.Living)];

    public async Task RunAsync(CancellationToken token)
    {
        (int, Func<Task>)[] deeds =
        [
            (40, CreateAsync), (6, CreateAndDeleteAsync), (20, DeleteAsync), (12, EditAsync), (14, DeleteSecretAsync),
            (2, ChangeCredentialsAsync), (3, CreateNamespaceAsync), (1, DeleteNamespaceAsync), (2, PlantAsync),
        ];
        await CreateNamespaceAsync();
        while (true)
        {
            await Task.Delay(dice.Seconds(0.2, 1.6), time, token);
            await dice.Pick<Func<Task>>(deeds)();
        }
    }

    private async Task CreateNamespaceAsync()
    {
        if (Open.Count >= MaxNamespaces)
        {
            return;
        }

        var home = new TrackedNamespace(cluster, $"{cluster.Name}-ns{++_names}");
        _namespaces.Add(home);
        journal.Add(home.Subject, "namespace created");
        await cluster.Cluster.CreateNamespaceAsync(home.Name);
        if (dice.Percent(70))
        {
            await UseAsync(home, dice.Pick([.. bed.Accounts.Skip(1)]));
        }

        // As from one manifest: the resource comes hardly later than the credentials that are to serve it.
        await CreateAsync(home);
    }

    private async Task CreateAsync()
    {
        if (Open.Count > 0 && Living.Count < MaxResources)
        {
            await CreateAsync(dice.Pick(Open));
        }
    }

    private async Task<TrackedResource> CreateAsync(TrackedNamespace home)
    {
        var kind = dice.Pick(Manifests.Kinds);
        var (name, variable) = ($"{home.Name}-{kind.Singular}{++_names}", NewVariable());
        var (manifest, secret) = Manifests.Of(kind, name, variable);
        var createdAt = time.GetUtcNow();
        var created = (await cluster.Api.ApplyAsync(manifest, home.Name))[0];
        var resource = new TrackedResource(home, kind, name, (string)created["metadata"]!["uid"]!, secret, createdAt) { Variable = kind.WritesVariables ? variable : null };
        journal.Add(resource.Subject, $"resource created: uid {resource.Uid}");
        home.Resources.Add(resource);
        return resource;
    }

    private async Task CreateAndDeleteAsync()
    {
        if (Open.Count > 0)
        {
            var resource = await CreateAsync(dice.Pick(Open));
            await Task.Delay(dice.Seconds(0, 0.4), time);
            await DeleteAsync(resource);
        }
    }

    private Task DeleteAsync() => Living is { Count: > 0 } living ? DeleteAsync(dice.Pick(living)) : Task.CompletedTask;

    private async Task DeleteAsync(TrackedResource resource)
    {
        resource.DeleteRequested = time.GetUtcNow();
        journal.Add(resource.Subject, "resource deleted");
        await cluster.Api.DeleteAsync(resource.Path);
    }

    private async Task EditAsync()
    {
        if (Living is not { Count: > 0 } living)
        {
            return;
        }

        var resource = dice.Pick(living);
        if (resource.Variable is null)
        {
            journal.Add(resource.Subject, "resource annotated");
            await cluster.Api.PatchAsync(resource.Path, $$$$"""{"metadata":{"annotations":{"soak":"{{{{dice.Hex()}}}}"}}}""");
            return;
        }

        journal.Add(resource.Subject, "variable changed");
        resource.Variable = NewVariable();
        await cluster.Api.PatchAsync(resource.Path, $$$$"""{"spec":{"variables":{"{{{{Manifests.VariableName}}}}":"{{{{resource.Variable}}}}"}}}""");
    }

    private async Task DeleteSecretAsync()
    {
        if (Living is { Count: > 0 } living)
        {
            var resource = dice.Pick(living);
            try
            {
                await cluster.Api.DeleteAsync(resource.SecretPath);
                journal.Add(resource.Subject, "connection Secret deleted");
            }
            catch (HttpRequestException failure) when (failure.StatusCode == HttpStatusCode.NotFound)
            {
                journal.Add(resource.Subject, "connection Secret was not there to delete");
            }
        }
    }

    private async Task ChangeCredentialsAsync()
    {
        if (Open.Where(home => home.Account is not null).ToList() is { Count: > 0 } tenants)
        {
            var home = dice.Pick(tenants);
            await UseAsync(home, bed.Accounts.Skip(1).First(account => account != home.Account));
        }
    }

    private Task UseAsync(TrackedNamespace home, Sandbox.CleverApi.Authorization.Account account)
    {
        journal.Add(home.Subject, $"namespace credentials written: {account}");
        return home.UseAsync(account, bed.Endpoint);
    }

    private async Task DeleteNamespaceAsync()
    {
        if (Open is { Count: > 1 } open)
        {
            var home = dice.Pick(open);
            home.DeleteRequested = time.GetUtcNow();
            foreach (var resource in home.Living)
            {
                resource.DeleteRequested = home.DeleteRequested;
            }

            journal.Add(home.Subject, "namespace deleted");
            await cluster.Api.DeleteAsync(home.Path);
        }
    }

    private string NewVariable()
    {
        _variables.Add(dice.Hex());
        return _variables[^1];
    }

    // Somebody else's add-on in an account we use; half of them are called as if a resource of another operator owned them.
    private Task PlantAsync()
    {
        var name = dice.Percent(50) ? $"production-{dice.Hex()}" : $"kubernetes::Redis::{new Guid(Convert.FromHexString(dice.Hex()))}";
        var provider = bed.Clever.Catalogue.Find(Addons.Kinds.Redis.Kind.ProviderId)!;
        var plan = provider.Plans[0];
        history.Plant(dice.Pick(bed.Accounts).OrganisationId, new AddonRequest(name, provider, plan, provider.ZonesOf(plan)[0], null, new Dictionary<string, string>()));
        return Task.CompletedTask;
    }
}
