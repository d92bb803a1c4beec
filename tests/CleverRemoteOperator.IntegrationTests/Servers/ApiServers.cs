using System.Collections.Concurrent;
using CleverRemoteOperator.IntegrationTests.Servers;

[assembly: AssemblyFixture(typeof(ApiServers))]

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>The clusters all tests share, each started when first asked for. Tests keep apart by namespaces of their own.</summary>
public sealed class ApiServers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(ServerKind Kind, string Name), Lazy<Task<TestCluster>>> _clusters = new();

    /// <summary>The cluster of that name with the product's definitions; all tests use <c>east</c> and <c>west</c>. Skips the test when there is no real server.</summary>
    internal Task<TestCluster> GetAsync(ServerKind kind, string name) => GetAsync(kind, name, Directory.GetFiles(Repository.PathOf("deployments", "crds", "product")));

    /// <summary>A cluster with these definitions, files of YAML, instead; for a test with a name of its own.</summary>
    internal Task<TestCluster> GetAsync(ServerKind kind, string name, IReadOnlyList<string> definitions)
    {
        if (kind == ServerKind.Real && RealApiServer.MissingBecause is { } reason)
        {
            Assert.Skip(reason);
        }

        return _clusters.GetOrAdd((kind, name), _ => new(() => StartAsync(kind, name, definitions))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in _clusters.Values.Where(cluster => cluster.IsValueCreated && cluster.Value.IsCompletedSuccessfully))
        {
            await (await cluster.Value).DisposeAsync();
        }
    }

    private static async Task<TestCluster> StartAsync(ServerKind kind, string name, IReadOnlyList<string> definitions)
    {
        var cluster = kind == ServerKind.Real ? await RealApiServer.StartAsync(name) : await SandboxApiServer.StartAsync(name);
        SuiteSecrets.Add(cluster.Token);
        foreach (var file in definitions)
        {
            await cluster.DefineAsync(await File.ReadAllTextAsync(file));
        }

        return cluster;
    }
}
