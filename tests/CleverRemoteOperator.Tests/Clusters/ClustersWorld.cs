using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>Clusters of the sandbox, served by the operator's own loops by a clock the test moves; the reconciler is the test's.</summary>
internal sealed partial class ClustersWorld : IAsyncDisposable, IReconciler, IClusterFactory
{
    private readonly List<KubernetesApiServer> _servers = [];
    private readonly SemaphoreSlim _slots = new(64);
    private bool _isStopped;

    /// <param name="memory">Bytes that may be kept of all clusters together.</param>
    public ClustersWorld(bool withLease = false, string instance = "test", long memory = 128 * 1024 * 1024)
    {
        Memory = new MemoryShare(memory);
        Wall = new SkewedTime(Time);
        Health = new OperatorHealth(Wall, new SecretRegistry());
        Metrics = new OperatorMetrics(Prometheus.Metrics.NewCustomRegistry(), Health, Wall);
        var servers = new ClaimedServers(Wall);
        Fleet = new FleetView(servers, Wall);
        Memories = new ClusterMemories(new OperatorOptions(), digest => ForgetClient(digest), Wall);
        ILoggerFactory loggers = new LinesLogger(Log);
        var options = new OperatorOptions { NoLease = !withLease };
        var registry = new ClusterRegistry(Health, Metrics, Memory, Memories);
        var elector = new LeaderElector(options, new OperatorInstance(instance, Wall), servers, Fleet, Memories, Wall, NoJitter, loggers);
        ClusterSupervisor Supervisor(ClusterDefinition definition) => new(
            definition, this, registry, elector, Session, servers, Fleet, Wall, NoJitter, loggers.CreateLogger<ClusterSupervisor>());
        ClusterSession Session(ClusterDefinition definition, ICluster cluster, MemoryShare share, CancellationToken abort) => new(
            definition, cluster, share, options.MaxConcurrentReconciles, Loop, Memories.Of(definition.Id), Wall, NoJitter,
            loggers.CreateLogger<ClusterSession>(), abort);
        NamespaceLoop Loop(ClusterSession session, string @namespace) => new(
            session.Definition,
            new LoopWatches(session.Cluster, @namespace, session.Lists, session.Limits, Wall, NoJitter, loggers.CreateLogger<NamespaceLoop>()),
            session.Resources, new ConcurrentReconciles(session.Reconciles, _slots), ReconcilerOf,
            Memories.Of(session.Definition.Id).Namespaces, Metrics, Wall, NoJitter, loggers);
        Set = new ClusterSet(Supervisor, Fleet.Configure, Forget, Wall, NullLogger<ClusterSet>.Instance);
        Reconcilers = (_, _, _, _) => this;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    /// <summary>The clock on the operator's wall, which may be set.</summary>
    public SkewedTime Wall { get; }

    /// <summary>What the operator logged.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Makes the reconciler of a loop; the world itself unless a test says otherwise.</summary>
    public ReconcilerFactory Reconcilers { get; set; }

    /// <summary>What else is told of a cluster that is no longer configured.</summary>
    public Action<ClusterId> WhenForgotten { get; set; } = _ => { };

    /// <summary>Clusters that are no longer configured and have ended.</summary>
    public ConcurrentQueue<ClusterId> Forgotten { get; } = new();

    public OperatorHealth Health { get; }

    public ClusterMemories Memories { get; }

    /// <summary>Told of the digest of credentials that are needed no more.</summary>
    public Action<string> ForgetClient { get; set; } = _ => { };

    public FleetView Fleet { get; }

    /// <summary>What the servers of some clusters say of themselves, by the cluster's name.</summary>
    public ConcurrentDictionary<string, Lies> Lies { get; } = new();

    public OperatorMetrics Metrics { get; }

    public ClusterSet Set { get; }

    public MemoryShare Memory { get; }

    /// <summary>Names of resources in the order they were reconciled.</summary>
    public ConcurrentQueue<ReconcileKey> Reconciled { get; } = new();

    /// <summary>What a reconcile does after it is noted.</summary>
    public Func<CancellationToken, Task> Reconcile { get; set; } = _ => Task.CompletedTask;

    /// <summary>A running server that serves Redis and KV, with the namespaces <c>a</c> and <c>b</c>.</summary>
    public async Task<KubernetesApiServer> StartServerAsync()
    {
        var server = await StartBareServerAsync();
        await DefineTypeAsync(server, "redis");
        await DefineTypeAsync(server, "kvs");
        return server;
    }

    /// <summary>A running server without any definition, with the namespaces <c>a</c> and <c>b</c>.</summary>
    public async Task<KubernetesApiServer> StartBareServerAsync()
    {
        var server = await KubernetesApiServer.StartAsync(new() { BookmarkInterval = TimeSpan.FromMilliseconds(200) }, CancellationToken.None);
        _servers.Add(server);
        foreach (var name in new[] { "a", "b" })
        {
            await SendAsync(server, HttpMethod.Post, "/api/v1/namespaces", $"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}}}");
        }

        return server;
    }

    /// <summary>Installs the definition of a type.</summary>
    public static async Task DefineTypeAsync(KubernetesApiServer server, string plural) => await SendAsync(
        server, HttpMethod.Post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        await File.ReadAllTextAsync(RepositoryFiles.Path($"deployments/crds/product/{plural}.api.clever-cloud.com.yaml")));

    /// <summary>Creates a resource; gives its uid.</summary>
    public static async Task<string> CreateAsync(KubernetesApiServer server, string name, string @namespace = "a", string plural = "redis", string kind = "Redis") => (string)JsonNode.Parse(await SendAsync(
        server, HttpMethod.Post, $"/apis/api.clever-cloud.com/v1/namespaces/{@namespace}/{plural}",
        $"apiVersion: api.clever-cloud.com/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{plan: s_mono, region: par}}"))!["metadata"]!["uid"]!;

    public static async Task<string> SendAsync(KubernetesApiServer server, HttpMethod method, string path, string? yaml = null)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(server.AuthorityPem);
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = trust } });
        using var request = new HttpRequestMessage(method, new Uri(server.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token(ClusterUser.Admin));
        request.Content = yaml is null ? null : new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return body;
    }

    public static ClusterDefinition Define(string name, KubernetesApiServer server, params string[] namespaces) =>
        Define(name, server.Kubeconfig(ClusterUser.Admin), namespaces);

    public static ClusterDefinition Define(string name, string kubeconfig, params string[] namespaces) => new(
        new ClusterId(name), new ClusterOptions { Name = name, Source = $"{name}.yaml", KubeconfigContent = kubeconfig }, kubeconfig,
        namespaces.Length == 0 ? ["*"] : namespaces);

    /// <summary>Serves exactly these from now on.</summary>
    public void Serve(params IReadOnlyList<ClusterDefinition> definitions) => Set.ChangeTo(definitions);

    public ClusterSnapshot? Of(string name) => Health.Clusters().SingleOrDefault(cluster => cluster.Name == name);

    public async Task<string> MetricsPageAsync()
    {
        using var page = new MemoryStream();
        await Metrics.Registry.CollectAndExportAsTextAsync(page);
        return Encoding.UTF8.GetString(page.ToArray());
    }

    public async Task<ReconcileResult> ReconcileAsync(ReconcileKey key, CancellationToken token)
    {
        Reconciled.Enqueue(key);
        await Reconcile(token);
        return ReconcileResult.Done;
    }

    private void Forget(ClusterId cluster)
    {
        Forgotten.Enqueue(cluster);
        WhenForgotten(cluster);
    }

    public void Forget(string uid)
    {
        // Nothing is kept.
    }

    public ICluster Connect(ClusterDefinition definition) =>
        new LyingCluster(new KubernetesClusterFactory(Metrics, Wall).Connect(definition), Lies.GetOrAdd(definition.Id.Name, _ => new Lies()));

    private IReconciler ReconcilerOf(ClusterDefinition definition, IResourceReader resources, LoopWatches watches, NamespaceEnds ends) =>
        Reconcilers(definition, resources, watches, ends);

    private static double NoJitter() => 0;

    /// <summary>Ends the operator; the servers stay.</summary>
    public async Task StopAsync()
    {
        var stopped = Set.StopAsync();
        await UntilAsync(() => stopped.IsCompleted);
        await stopped;
        _isStopped = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            await StopAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _slots.Dispose();
        Memory.Dispose();
    }
}
