using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Hosting;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Sandbox.CleverApi;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>Tokens of what is gone are not kept: the operator as it is composed, on the sandbox, and what the garbage collector leaves.</summary>
public sealed class LeavesMemoryTests : IAsyncLifetime
{
    private const string Organisation = "orga_00000000-0000-4000-8000-000000000002";

    private readonly ClustersWorld _world = new();
    private CleverApiServer _clever = null!;
    private CleverApiFactory _factory = null!;
    private SeenCredentials _seen = null!;
    private KubernetesApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _clever = await CleverApiServer.StartAsync(new());
        var configuration = new OperatorConfiguration(new OperatorOptions { AllowedEndpoints = [_clever.Address] }, null, []);
        _factory = new CleverApiFactory(
            new CleverApiOptions(), [_clever.Address], TimeProvider.System, () => 0.5, (_, _, _, _) => { }, NullLogger<CleverApi>.Instance);
        _seen = new SeenCredentials(_factory);
        var composition = new ReconcilerComposition(
            configuration, _seen, _world.Fleet, _world.Memories, new AddonInventory(_world.Wall, TimeSpan.FromMinutes(9)), _world.Metrics, _world.Wall,
            () => 0.5, NullLoggerFactory.Instance);
        _world.Reconcilers = composition.Create;
        _world.WhenForgotten = _world.Memories.Forget;
        _world.ForgetClient = _seen.Forget;
        _server = await _world.StartServerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _factory.Dispose();
        await _clever.DisposeAsync();
    }

    [Fact]
    public async Task The_credentials_of_a_namespace_that_is_gone_leave_memory()
    {
        await ServeAsync();

        await ClustersWorld.SendAsync(_server, HttpMethod.Delete, "/api/v1/namespaces/a/secrets/clever-kubernetes-operator");
        await ClustersWorld.SendAsync(_server, HttpMethod.Delete, "/apis/api.clever-cloud.com/v1/namespaces/a/redis/cache");
        await _world.UntilAsync(() => !_clever.Addons.All.Any());

        await _world.UntilAsync(_seen.AreGone);
    }

    [Fact]
    public async Task The_credentials_of_a_namespace_stay_until_its_last_add_on_is_deleted_with_them()
    {
        await ServeAsync();

        await ClustersWorld.SendAsync(_server, HttpMethod.Delete, "/api/v1/namespaces/a/secrets/clever-kubernetes-operator");
        await _world.PassAsync(NamespaceEnds.Delay * 3);
        await ClustersWorld.SendAsync(_server, HttpMethod.Delete, "/apis/api.clever-cloud.com/v1/namespaces/a/redis/cache");

        await _world.UntilAsync(() => !_clever.Addons.All.Any());
    }

    [Fact]
    public async Task A_token_that_was_replaced_leaves_the_client()
    {
        await ServeAsync();
        var before = _factory.For(Credentials("other-token", "other-secret"));

        await SetSecretAsync("another-token", "another-secret", HttpMethod.Put);
        await _world.UntilAsync(() => _seen.Forgotten.Contains(Credentials("other-token", "other-secret").Digest));

        Assert.NotSame(before, _factory.For(Credentials("other-token", "other-secret")));
    }

    [Fact]
    public async Task The_kubeconfig_and_the_credentials_of_a_cluster_that_is_gone_leave_memory()
    {
        var kubeconfig = await ServeAsync();

        _world.Serve();
        await _world.UntilAsync(() => !_world.Forgotten.IsEmpty || ServeNothing());

        await _world.UntilAsync(() => _seen.AreGone() && !kubeconfig.IsAlive);
    }

    private bool ServeNothing()
    {
        _world.Serve();
        return false;
    }

    /// <summary>Serves a namespace with credentials of its own and a resource; gives what holds the cluster's kubeconfig.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> ServeAsync()
    {
        await SetSecretAsync("other-token", "other-secret", HttpMethod.Post);
        await ClustersWorld.CreateAsync(_server, "cache");
        var definition = Serve();
        await _world.UntilAsync(() => _clever.Addons.All.Any());
        await _world.UntilAsync("paris", CleverRemoteOperator.Observability.ClusterState.Synced);
        await _world.PassAsync(TimeSpan.FromSeconds(5));
        Assert.NotEmpty(_seen.All);
        return definition;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Serve()
    {
        var definition = ClustersWorld.Define("paris", _server);
        _world.Serve(definition);
        return new WeakReference(definition);
    }

    private CleverCredentials Credentials(string token, string secret) => new(
        _clever.Address, token, secret, CredentialsDraft.PublicConsumerKey, CredentialsDraft.PublicConsumerSecret, Organisation);

    private Task<string> SetSecretAsync(string token, string secret, HttpMethod method)
    {
        var config = $"[api]\nendpoint = \"{_clever.Address.GetLeftPart(UriPartial.Authority)}\"\ntoken = \"{token}\"\nsecret = \"{secret}\"\norganisation = \"{Organisation}\"\n";
        return ClustersWorld.SendAsync(
            _server, method, "/api/v1/namespaces/a/secrets" + (method == HttpMethod.Put ? "/clever-kubernetes-operator" : ""),
            $"apiVersion: v1\nkind: Secret\nmetadata: {{name: clever-kubernetes-operator, namespace: a}}\ndata: {{config: {Convert.ToBase64String(Encoding.UTF8.GetBytes(config))}}}");
    }

    /// <summary>Notes all credentials that are used, and keeps none of them.</summary>
    private sealed class SeenCredentials(ICleverApiFactory factory) : ICleverApiFactory
    {
        private readonly ConcurrentDictionary<CleverCredentialsReference, bool> _all = new();

        public IEnumerable<WeakReference> All => _all.Keys.Select(seen => seen.Credentials);

        public ConcurrentQueue<string> Forgotten { get; } = new();

        public ICleverApi For(CleverCredentials credentials)
        {
            _all.TryAdd(new CleverCredentialsReference(new WeakReference(credentials)), true);
            _all.TryAdd(new CleverCredentialsReference(new WeakReference(credentials.Token)), true);
            return factory.For(credentials);
        }

        public void Forget(string digest)
        {
            Forgotten.Enqueue(digest);
            factory.Forget(digest);
        }

        public bool AreGone()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return All.All(seen => !seen.IsAlive);
        }

        private sealed record CleverCredentialsReference(WeakReference Credentials);
    }
}
