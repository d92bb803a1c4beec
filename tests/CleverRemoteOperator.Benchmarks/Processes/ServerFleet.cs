using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;

namespace CleverRemoteOperator.Benchmarks.Processes;

/// <summary>Clusters and a Clever API, all in processes of their own, with definitions, namespaces and kubeconfigs: all an operator needs.</summary>
internal sealed class ServerFleet : IAsyncDisposable
{
    // Starting a kube-apiserver takes a core for a while.
    private const int StartsAtOnce = 2;

    private readonly LoadOptions _options;
    private readonly List<TestCluster> _clusters = [];
    private SandboxProcess? _clever;

    private ServerFleet(LoadOptions options) => _options = options;

    public IReadOnlyList<TestCluster> Clusters => _clusters;

    /// <summary>Whether the clusters are the sandbox's.</summary>
    public bool IsSandbox => _options.Assets is null;

    public SandboxProcess Clever => _clever!;

    /// <summary>The Clever API's own count of requests, as JSON.</summary>
    public Uri CleverCounts => new(Clever.Address, "/_sandbox/requests");

    /// <summary>Working directory and home of the operator; removed at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("operator-fleet-").FullName;

    /// <summary>The processes, by what they are.</summary>
    public ILookup<string, int> Processes => _clusters.SelectMany(cluster => cluster.Processes).Append(("Clever API", Clever.Id))
        .ToLookup(entry => entry.Item1 == "sandbox" ? "sandbox clusters" : entry.Item1, entry => entry.Item2);

    public static async Task<ServerFleet> StartAsync(LoadOptions options)
    {
        var fleet = new ServerFleet(options);
        try
        {
            await fleet.StartAsync();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>An operator's whole environment. The budget of the account is no limit here.</summary>
    public Dictionary<string, string> OperatorEnvironment(int port) => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
        ["HOME"] = Folder,
        // Where the runtime puts the socket by which its garbage collector is listened to.
        ["TMPDIR"] = Path.GetTempPath(),
        ["CLEVER_OPERATOR_API_ENDPOINT"] = Clever.Address.GetLeftPart(UriPartial.Authority),
        ["CLEVER_OPERATOR_API_TOKEN"] = Account.Defaults[0].Token,
        ["CLEVER_OPERATOR_API_SECRET"] = Account.Defaults[0].Secret,
        ["CLEVER_OPERATOR_API_ORGANISATION"] = Account.Defaults[0].OrganisationId,
        ["CLEVER_OPERATOR_KUBECONFIGS"] = Kubeconfigs,
        ["CLEVER_OPERATOR_OPERATOR_LISTEN"] = $"127.0.0.1:{port}",
        ["CLEVER_OPERATOR_OPERATOR_METRICS_LISTEN"] = $"127.0.0.1:{port}",
        ["CLEVER_OPERATOR_OPERATOR_NAMESPACES"] = _options.Scope == WatchScope.Cluster ? "*" : string.Join(',', _options.NamespaceNames.Concat(_options.OtherNamespaces)),
        ["CLEVER_OPERATOR_OPERATOR_API_RATE"] = "100000",
        ["CLEVER_OPERATOR_OPERATOR_API_BURST"] = "100000",
        ["CLEVER_OPERATOR_OPERATOR_RESYNC"] = $"{_options.Resync.TotalMilliseconds}ms",
        ["CLEVER_OPERATOR_OPERATOR_MAX_DELETIONS"] = "100000",
        ["CLEVER_OPERATOR_OPERATOR_MAX_CLUSTER_DELETIONS"] = "100000",
    };

    /// <summary>Lets operators serve a cluster by this kubeconfig.</summary>
    public Task GiveAsync(string cluster, string kubeconfig) => File.WriteAllTextAsync(PathOf(cluster), kubeconfig);

    /// <summary>Takes a cluster from operators.</summary>
    public void Take(string cluster) => File.Delete(PathOf(cluster));

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in _clusters)
        {
            await cluster.DisposeAsync();
        }

        await (_clever?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(Folder, recursive: true);
    }

    private string Kubeconfigs => Path.Combine(Folder, "kubeconfigs");

    private string PathOf(string cluster) => Path.Combine(Kubeconfigs, $"{cluster}.yaml");

    private async Task StartAsync()
    {
        Directory.CreateDirectory(Kubeconfigs);
        _clever = await SandboxProcess.StartAsync(Folder, "clever-api", "--latency", $"{_options.ApiLatency.TotalMilliseconds}ms");
        var definitions = CustomResourceDefinition.Render(_options.WatchedKinds, CustomResourceDefinitionNames.Product).Select(entry => entry.Definition.ToJsonString()).ToList();
        await Parallel.ForAsync(0, _options.Clusters, new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce }, async (index, _) =>
        {
            var cluster = await StartClusterAsync($"c{index + 1}");
            lock (_clusters)
            {
                _clusters.Add(cluster);
            }

            foreach (var definition in definitions)
            {
                await cluster.DefineAsync(definition);
            }

            foreach (var name in _options.NamespaceNames)
            {
                await cluster.CreateNamespaceAsync(name);
            }

            await GiveAsync(cluster.Name, cluster.Kubeconfig());
        });
        _clusters.Sort((one, other) => int.Parse(one.Name[1..], null).CompareTo(int.Parse(other.Name[1..], null)));
    }

    private Task<TestCluster> StartClusterAsync(string name) =>
        _options.Assets is { } assets ? RealApiServer.StartAsync(name, assets) : SandboxCluster.StartAsync(name, Folder);
}
