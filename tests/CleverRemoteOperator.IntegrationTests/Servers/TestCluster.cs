using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>A running Kubernetes API, whatever answers there.</summary>
internal sealed class TestCluster(string name, Uri address, string authorityPem, Func<ClusterUser, string> token, IAsyncDisposable server) : IAsyncDisposable
{
    private static readonly TimeSpan DefinitionTimeout = TimeSpan.FromSeconds(30);

    public string Name => name;

    public Uri Address => address;

    /// <summary>What serves it.</summary>
    public IAsyncDisposable Server => server;

    /// <summary>The authority that signed the server's certificate, as PEM.</summary>
    public string AuthorityPem => authorityPem;

    /// <summary>The processes that serve it; none when it is served in this one.</summary>
    public IReadOnlyList<(string Program, int Id)> Processes { get; init; } = [];

    /// <summary>Reads and writes as an administrator.</summary>
    public KubeApi Api { get; } = new(address, authorityPem, token(ClusterUser.Admin));

    public string Token(ClusterUser user) => token(user);

    /// <summary>A kubeconfig of this user.</summary>
    /// <param name="through">Where to reach the server instead, such as a relay's address.</param>
    public string Kubeconfig(ClusterUser user = ClusterUser.Admin, Uri? through = null) =>
        KubeconfigFile.Render(name, through ?? address, authorityPem, BearerTokens.NameOf(user), token(user));

    /// <summary>Creates a namespace.</summary>
    public Task CreateNamespaceAsync(string @namespace) =>
        Api.ApplyAsync($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {@namespace}}}}}");

    /// <summary>Installs custom resource definitions; when it returns, they are served and discovered.</summary>
    public async Task DefineAsync(string yaml)
    {
        foreach (var definition in await Api.ApplyAsync(yaml))
        {
            var spec = definition["spec"]!;
            await Api.UntilAsync(
                $"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{definition["metadata"]!["name"]}",
                found => found.Condition("Established", "status") == "True",
                DefinitionTimeout);
            foreach (var version in spec["versions"]!.AsArray())
            {
                await AwaitDiscoveryAsync($"/apis/{spec["group"]}/{version!["name"]}", (string)spec["names"]!["plural"]!);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await server.DisposeAsync();
    }

    // Discovery has no watch: this is the one place that has to ask again.
    private async Task AwaitDiscoveryAsync(string path, string plural)
    {
        using var deadline = new CancellationTokenSource(DefinitionTimeout);
        while ((await Api.GetAsync(path))?["resources"]?.AsArray().Any(resource => (string?)resource!["name"] == plural) != true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
        }
    }
}
