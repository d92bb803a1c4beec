using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>What one test has to itself: a namespace in shared clusters, a Clever API, a folder, and the operators it starts.</summary>
internal sealed class Scenario : IAsyncDisposable
{
    public const string Organisation = "orga_00000000-0000-4000-8000-000000000001";
    public const string OtherOrganisation = "orga_00000000-0000-4000-8000-000000000002";

    // What operators write, but for Secrets.
    private static readonly string[] Written =
    [
        "/api/v1/namespaces/{0}/events", "/apis/coordination.k8s.io/v1/namespaces/{0}/leases",
        "/apis/api.clever-cloud.com/v1/namespaces/{0}/redis", "/apis/api.clever-cloud.com/v1/namespaces/{0}/postgresqls",
    ];

    private readonly List<OperatorProcess> _operators = [];
    private readonly CleverApiServer _clever;

    private Scenario(CleverApiServer clever, IReadOnlyList<TestCluster> clusters) => (_clever, Clusters) = (clever, clusters);

    public CleverApiServer Clever => _clever;

    public IReadOnlyList<TestCluster> Clusters { get; }

    /// <summary>The first cluster, for tests that need one only.</summary>
    public TestCluster Cluster => Clusters[0];

    /// <summary>The test's namespace, the same name in each cluster.</summary>
    public string Namespace { get; } = $"t-{RandomNumberGenerator.GetHexString(10, lowercase: true)}";

    /// <summary>Working directory and home of the operators; removed at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("operator-").FullName;

    public static async Task<Scenario> CreateAsync(params TestCluster[] clusters)
    {
        var scenario = new Scenario(await CleverApiServer.StartAsync(new()), clusters);
        foreach (var cluster in clusters)
        {
            await cluster.CreateNamespaceAsync(scenario.Namespace);
        }

        return scenario;
    }

    /// <summary>An environment with the credentials of the sandbox's first account and short times; no cluster yet.</summary>
    public Dictionary<string, string> Environment() => new()
    {
        ["CLEVER_OPERATOR_API_ENDPOINT"] = Clever.Address.GetLeftPart(UriPartial.Authority),
        ["CLEVER_OPERATOR_API_TOKEN"] = "sandbox-token",
        ["CLEVER_OPERATOR_API_SECRET"] = "sandbox-secret",
        ["CLEVER_OPERATOR_API_ORGANISATION"] = Organisation,
        ["CLEVER_OPERATOR_OPERATOR_NAMESPACES"] = Namespace,
        ["CLEVER_OPERATOR_OPERATOR_RESYNC"] = "1s",
        ["CLEVER_OPERATOR_OPERATOR_CREATION_WINDOW"] = "3s",
        ["CLEVER_OPERATOR_OPERATOR_CREDENTIALS_GRACE"] = "1s",
        ["CLEVER_OPERATOR_OPERATOR_MAX_DELETIONS"] = "1000",
        ["CLEVER_OPERATOR_OPERATOR_MAX_CLUSTER_DELETIONS"] = "1000",
    };

    /// <summary>The same with all clusters of the scenario, their kubeconfigs in variables.</summary>
    public Dictionary<string, string> EnvironmentWithClusters()
    {
        var environment = Environment();
        foreach (var cluster in Clusters)
        {
            environment[$"CLEVER_OPERATOR_CLUSTERS_{cluster.Name.ToUpperInvariant()}_KUBECONFIG"] = cluster.Kubeconfig();
        }

        return environment;
    }

    /// <summary>Starts an operator; it is stopped at the end of the scenario at the latest.</summary>
    public OperatorProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var process = new OperatorProcess(Folder, environment, arguments);
        _operators.Add(process);
        return process;
    }

    /// <summary>Starts an operator for all clusters and waits until it watches them.</summary>
    public Task<OperatorProcess> StartAsync() => StartAsync(EnvironmentWithClusters());

    /// <summary>Starts an operator and waits until it watches all clusters of the scenario.</summary>
    public async Task<OperatorProcess> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var process = Start(environment, arguments);
        await process.ReadyAsync();
        foreach (var cluster in Clusters)
        {
            await process.SyncedAsync(cluster.Name);
        }

        return process;
    }

    /// <summary>Applies a manifest into the test's namespace of a cluster and returns the path of its only object.</summary>
    public async Task<string> ApplyAsync(string manifest, TestCluster? cluster = null)
    {
        var api = (cluster ?? Cluster).Api;
        return await api.PathOfAsync(Assert.Single(await api.ApplyAsync(manifest, Namespace)));
    }

    /// <summary>Waits until an object of a cluster is so; what the operators wrote is part of the failure.</summary>
    public async Task<JsonObject?> UntilAsync(string path, Func<JsonObject?, bool> isSo, TestCluster? cluster = null, TimeSpan? timeout = null)
    {
        try
        {
            return await (cluster ?? Cluster).Api.UntilAsync(path, isSo, timeout ?? OperatorProcess.Patience);
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"{failure.Message}\n{string.Join("\n--\n", _operators.Select(process => process.Output))}", failure);
        }
    }

    /// <summary>Waits until the resource is Ready.</summary>
    public async Task<JsonObject> ReadyAsync(string path, TestCluster? cluster = null)
    {
        var resource = (await UntilAsync(path, ObjectReading.IsReady, cluster))!;
        foreach (var addon in Clever.Addons.All)
        {
            SuiteSecrets.AddFrom(Clever.Addons.TemplateOf(addon).Environment().Select(variable => KeyValuePair.Create(variable.Name, variable.Value)));
        }

        return resource;
    }

    /// <summary>Waits until the resource is held back for this reason, and returns Ready's message.</summary>
    public async Task<string> HeldAsync(string path, string reason, TestCluster? cluster = null) =>
        (await UntilAsync(path, resource => resource.IsHeldBy(reason), cluster)).Condition("Ready", "message")!;

    /// <summary>Path of a Secret in the test's namespace.</summary>
    public string Secret(string name) => $"/api/v1/namespaces/{Namespace}/secrets/{name}";

    public async ValueTask DisposeAsync()
    {
        List<string> shown = [];
        foreach (var process in _operators)
        {
            shown.AddRange(await process.PagesAsync());
        }

        foreach (var process in _operators)
        {
            await process.DisposeAsync();
        }

        foreach (var (cluster, collection) in Clusters.SelectMany(_ => Written, (cluster, collection) => (cluster, collection)))
        {
            shown.Add((await cluster.Api.GetAsync(string.Format(CultureInfo.InvariantCulture, collection, Namespace)))?.ToJsonString() ?? "");
        }

        await _clever.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        SuiteSecrets.RequireNone(shown);
    }
}
