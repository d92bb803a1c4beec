using System.Net;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Hosting;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Sandbox.CleverApi;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>All that runs in the demo: two clusters, the Clever API, and the operator as it runs everywhere.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    /// <summary>The namespace with credentials of its own.</summary>
    public const string OwnNamespace = "team-b";

    private static readonly (string Name, int Port)[] ClusterPorts = [("paris", DemoOptions.ParisPort), ("montreal", DemoOptions.MontrealPort)];
    private static readonly string[] OwnExamples = ["example-cellar", "example-postgresql", "example-redis"];
    private static readonly ApiResource Namespaces = new("", "v1", "namespaces", "Namespace");

    // Taken down in the opposite order: the operator first, while its clusters still answer.
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clever-");

    private DemoWorld(TimeProvider time) => Board = new([.. ClusterPorts.Select(cluster => cluster.Name)], time);

    public DemoBoard Board { get; }

    public string Folder => _folder.FullName;

    public IReadOnlyList<DemoCluster> Clusters { get; private set; } = [];

    public Uri CleverApi { get; private set; } = new("http://127.0.0.1");

    /// <summary>Where the operator serves status and metrics.</summary>
    public Uri Operator { get; private set; } = new("http://127.0.0.1");

    public string LogPath => Path.Combine(Folder, "operator.log");

    /// <summary>Starts all of it and applies the examples. Throws <see cref="IOException"/> and <see cref="KubernetesApiException"/>.</summary>
    public static async Task<DemoWorld> StartAsync(DemoOptions options, CancellationToken token)
    {
        DemoWorld world = new(options.TimeProvider);
        try
        {
            await world.StartServersAsync(options, token);
            await Task.WhenAll(world.Clusters.Select(cluster => world.PrepareAsync(cluster, token)));
            await world.StartOperatorAsync(token);
            await Task.WhenAll(world.Clusters.Select(cluster => world.ApplyExamplesAsync(cluster, token)));
            world.Board.AwaitExpected();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task StartServersAsync(DemoOptions options, CancellationToken token)
    {
        var clever = await FreePort.StartAsync(
            DemoOptions.CleverApiPort,
            port => CleverApiServer.StartAsync(new() { Listen = new(IPAddress.Loopback, port), TimeProvider = options.TimeProvider }, token));
        _parts.Push(clever);
        clever.Faults.Set(options.Faults);
        CleverApi = new(clever.Address.GetLeftPart(UriPartial.Authority));
        foreach (var (name, port) in ClusterPorts)
        {
            var cluster = await DemoCluster.StartAsync(name, port, Folder, options.TimeProvider, token);
            _parts.Push(cluster);
            Clusters = [.. Clusters, cluster];
        }
    }

    private async Task PrepareAsync(DemoCluster cluster, CancellationToken token)
    {
        await cluster.InstallDefinitionsAsync(token);
        await cluster.ApplyAsync(Namespaces, null, new() { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = OwnNamespace } }, token);
        var other = Account.Defaults[1];
        JsonObject secret = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = CredentialSecret.SecretName, ["namespace"] = OwnNamespace },
            ["stringData"] = new JsonObject
            {
                [CredentialSecret.Key] = $"""
                    [api]
                    endpoint = "{CleverApi}"
                    token = "{other.Token}"
                    secret = "{other.Secret}"
                    organisation = "{other.OrganisationId}"

                    """,
            },
        };
        await cluster.ApplyAsync(ApiResource.Secrets, OwnNamespace, secret, token);
        cluster.Watch(Board);
    }

    private async Task StartOperatorAsync(CancellationToken token)
    {
        var own = Account.Defaults[0];
        CleverCredentials credentials = new(
            CleverApi, own.Token, own.Secret, CredentialsDraft.PublicConsumerKey, CredentialsDraft.PublicConsumerSecret, own.OrganisationId);
        IPEndPoint loopback = new(IPAddress.Loopback, 0);
        OperatorConfiguration configuration = new(
            new() { Listen = loopback, MetricsListen = loopback, Kubeconfigs = [.. Clusters.Select(cluster => cluster.KubeconfigPath)] }, credentials, []);
        SecretRegistry secrets = new();
        foreach (var account in Account.Defaults)
        {
            secrets.Add(account.Secret);
        }

        OperatorLog log = new(LogPath, secrets);
        var host = new OperatorHost(configuration, log);
        _parts.Push(host);
        await host.StartAsync(token);
        Operator = host.Address;
        _parts.Push(new Stopping(host));
    }

    private async Task ApplyExamplesAsync(DemoCluster cluster, CancellationToken token)
    {
        var all = DemoExample.All.Select(example => (Namespace: "default", Example: example))
            .Concat(DemoExample.All.Where(example => OwnExamples.Contains(example.Name)).Select(example => (OwnNamespace, example)));
        foreach (var (@namespace, example) in all)
        {
            Board.Expect(new(cluster.Name, @namespace, example.Type, example.Name));
            await cluster.ApplyAsync(example.Type, @namespace, example.Manifest, token);
        }
    }

    /// <summary>Lets the operator finish what runs, as a signal would.</summary>
    private sealed class Stopping(OperatorHost host) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await host.StopAsync();
    }
}
