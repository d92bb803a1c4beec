using System.Text.Json.Nodes;
using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>A namespace the soak made, with the credentials it brings.</summary>
internal sealed class TrackedNamespace(BedCluster cluster, string name)
{
    private readonly HashSet<Account> _accounts = [];

    public BedCluster Cluster => cluster;

    public string Name => name;

    public string Subject => $"{cluster.Name}/{name}";

    public string Path => $"/api/v1/namespaces/{name}";

    /// <summary>Whose credentials its Secret holds; null while it has none, and the operator's own serve.</summary>
    public Account? Account { get; private set; }

    /// <summary>Everyone whose credentials it ever held.</summary>
    public IReadOnlyCollection<Account> Accounts => _accounts;

    public DateTimeOffset? DeleteRequested { get; set; }

    public List<TrackedResource> Resources { get; } = [];

    public IEnumerable<TrackedResource> Living => Resources.Where(resource => resource.DeleteRequested is null);

    /// <summary>Writes the namespace's credentials Secret.</summary>
    public async Task UseAsync(Account account, string endpoint)
    {
        Account = account;
        _accounts.Add(account);
        var config = $"""
            [api]
            endpoint = "{endpoint}"
            token = "{account.Token}"
            secret = "{account.Secret}"
            organisation = "{account.OrganisationId}"
            """;
        var secret = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = CredentialSecret.SecretName },
            ["stringData"] = new JsonObject { [CredentialSecret.Key] = config },
        };
        await cluster.Api.ApplyAsync(secret.ToJsonString(), name);
    }
}
