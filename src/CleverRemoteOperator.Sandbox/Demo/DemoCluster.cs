using System.Net;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Definitions;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Kubeconfig;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>One cluster of the demo: its server, its kubeconfig, and what the demo itself does in it.</summary>
internal sealed class DemoCluster : IAsyncDisposable
{
    private static readonly ApiResource Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

    private readonly KubernetesApiServer _server;
    private readonly TimeProvider _time;
    private readonly ApiTransport _transport;
    private readonly Cluster _reader;
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    private DemoCluster(string name, KubernetesApiServer server, string kubeconfigPath, TimeProvider time)
    {
        (Name, _server, KubeconfigPath, _time) = (name, server, kubeconfigPath, time);
        ClusterId id = new(name);
        var connection = new KubeconfigReader(new ClusterOptions { Name = name, Source = kubeconfigPath }, time).Read(server.Kubeconfig(ClusterUser.Admin)).Connection!;
        _transport = new(id, connection, time, observer: null);
        _reader = new Cluster(id, connection, time);
    }

    public string Name { get; }

    public Uri Address => _server.Address;

    public string KubeconfigPath { get; }

    /// <summary>Starts the server and writes its kubeconfig to the folder.</summary>
    public static async Task<DemoCluster> StartAsync(string name, int port, string folder, TimeProvider time, CancellationToken token)
    {
        var server = await FreePort.StartAsync(
            port, at => KubernetesApiServer.StartAsync(new() { Name = name, Listen = new(IPAddress.Loopback, at), TimeProvider = time }, token));
        try
        {
            var path = Path.Combine(folder, name + ".yaml");
            await PrivateFile.WriteAsync(path, server.Kubeconfig(ClusterUser.Admin), token);
            return new(name, server, path, time);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task InstallDefinitionsAsync(CancellationToken token)
    {
        foreach (var (_, definition) in CustomResourceDefinition.Render(AddonCatalog.All, CustomResourceDefinitionNames.Product))
        {
            await ApplyAsync(Definitions, null, definition, token);
        }
    }

    /// <summary>Server-side apply, as <c>kubectl apply --server-side</c> does it.</summary>
    public async Task ApplyAsync(ApiResource type, string? @namespace, JsonObject manifest, CancellationToken token) => await _transport.SendAsync(
        new ApiRequest(
            HttpMethod.Patch,
            ApiPath.WithQuery(ApiPath.Of(type, @namespace, (string)manifest["metadata"]!["name"]!), ("fieldManager", "sandbox")),
            ContentType: "application/apply-patch+yaml").With(manifest, KubernetesModels.Default.JsonObject),
        token);

    /// <summary>Tells the board of every resource from now on.</summary>
    public void Watch(DemoBoard board)
    {
        ListSlots slots = new();
        _watching = Task.WhenAll(
            from kind in AddonCatalog.All
            from apiGroup in kind.Groups
            let type = new ApiResource(apiGroup, kind.Versions[0], kind.Plural, kind.Name)
            select new Reflector<AddonResource>(
                _reader, new WatchScope(type, null), ObjectReading.Addons(type, _time), slots, _time, () => 0.5, NullLogger.Instance)
                .RunAsync(change => board.Take(Name, type, change), _stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
        _transport.Dispose();
        _reader.Dispose();
        await _server.DisposeAsync();
    }
}
