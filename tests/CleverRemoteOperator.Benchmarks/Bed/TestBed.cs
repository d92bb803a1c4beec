using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Definitions;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.Benchmarks.Bed;

/// <summary>Sandbox Kubernetes APIs, one sandbox Clever API, and the kubeconfig folder that operator processes share.</summary>
internal sealed class TestBed : IAsyncDisposable
{
    /// <summary>How long an unanswered creation must stay unseen before it is repeated, for all operators of a bed.</summary>
    public static readonly TimeSpan CreationWindow = TimeSpan.FromSeconds(10);

    private TestBed(CleverApiServer clever, IReadOnlyList<Account> accounts, IReadOnlyList<BedCluster> clusters) =>
        (Clever, Accounts, Clusters) = (clever, accounts, clusters);

    public CleverApiServer Clever { get; }

    /// <summary>The operator's own account first, then those of tenants.</summary>
    public IReadOnlyList<Account> Accounts { get; }

    public IReadOnlyList<BedCluster> Clusters { get; }

    /// <summary>The operators' working directory and home; removed at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("operator-bed-").FullName;

    public string Endpoint => Clever.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Credentials of the bed that must never be logged.</summary>
    public IEnumerable<string> Secrets =>
    [
        .. Accounts.SelectMany(account => new[] { account.Token, account.Secret, account.Bearer }),
        .. Consumer.Published.Values,
        .. Clusters.SelectMany(cluster => Enum.GetValues<ClusterUser>().Select(cluster.Cluster.Token)),
    ];

    private string Kubeconfigs => Path.Combine(Folder, "kubeconfigs");

    /// <param name="listLag">How long the Clever API's lists lack a new add-on.</param>
    public static async Task<TestBed> StartAsync(int clusters, IReadOnlyList<AddonKind> kinds, TimeSpan listLag, Dice dice)
    {
        IReadOnlyList<Account> accounts = [.. Enumerable.Range(1, 3).Select(number => NewAccount(number, dice))];
        var clever = await CleverApiServer.StartAsync(new() { Accounts = accounts, ListLag = listLag });
        var definitions = CustomResourceDefinition.Render(kinds, CustomResourceDefinitionNames.Product).Select(entry => entry.Definition.ToJsonString()).ToList();
        var bed = new TestBed(clever, accounts, [.. await Task.WhenAll(Enumerable.Range(1, clusters).Select(number => StartClusterAsync($"c{number}", definitions)))]);
        Directory.CreateDirectory(bed.Kubeconfigs);
        foreach (var cluster in bed.Clusters)
        {
            await bed.WriteKubeconfigAsync(cluster, cluster.Cluster.Kubeconfig());
        }

        return bed;
    }

    public Task WriteKubeconfigAsync(BedCluster cluster, string text) => WriteKubeconfigAsync(cluster.Name, text);

    public Task WriteKubeconfigAsync(string cluster, string text) => File.WriteAllTextAsync(PathOf(cluster), text);

    public void RemoveKubeconfig(BedCluster cluster) => RemoveKubeconfig(cluster.Name);

    public void RemoveKubeconfig(string cluster) => File.Delete(PathOf(cluster));

    /// <summary>An operator's whole environment.</summary>
    public Dictionary<string, string> OperatorEnvironment() => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
        ["HOME"] = Folder,
        ["CLEVER_OPERATOR_API_ENDPOINT"] = Endpoint,
        ["CLEVER_OPERATOR_API_TOKEN"] = Accounts[0].Token,
        ["CLEVER_OPERATOR_API_SECRET"] = Accounts[0].Secret,
        ["CLEVER_OPERATOR_API_ORGANISATION"] = Accounts[0].OrganisationId,
        ["CLEVER_OPERATOR_KUBECONFIGS"] = Kubeconfigs,
        ["CLEVER_OPERATOR_OPERATOR_LISTEN"] = "127.0.0.1:0",
        ["CLEVER_OPERATOR_OPERATOR_METRICS_LISTEN"] = "127.0.0.1:0",
        ["CLEVER_OPERATOR_OPERATOR_RESYNC"] = "5s",
        ["CLEVER_OPERATOR_OPERATOR_CREDENTIALS_GRACE"] = "5s",
        ["CLEVER_OPERATOR_OPERATOR_MAX_DELETIONS"] = "100000",
        ["CLEVER_OPERATOR_OPERATOR_MAX_CLUSTER_DELETIONS"] = "100000",
        ["CLEVER_OPERATOR_OPERATOR_CREATION_WINDOW"] = $"{CreationWindow.TotalSeconds}s",
        ["CLEVER_OPERATOR_OPERATOR_LOG_LEVEL"] = "debug",
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in Clusters)
        {
            await cluster.Cluster.DisposeAsync();
        }

        await Clever.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static Account NewAccount(int number, Dice dice) =>
        new($"token-{dice.Hex()}", $"secret-{dice.Hex()}", $"bearer-{dice.Hex()}", $"orga_00000000-0000-4000-8000-00000000000{number}");

    private static async Task<BedCluster> StartClusterAsync(string name, IReadOnlyList<string> definitions)
    {
        var server = await KubernetesApiServer.StartAsync(new() { Name = name }, CancellationToken.None);
        var cluster = new TestCluster(name, server.Address, server.AuthorityPem, server.Token, server);
        await Task.WhenAll(definitions.Select(cluster.DefineAsync));
        return new BedCluster(server, cluster);
    }

    private string PathOf(string cluster) => Path.Combine(Kubeconfigs, $"{cluster}.yaml");
}
