using CleverRemoteOperator.Sandbox.KubernetesApi;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>Starts the sandbox's Kubernetes API.</summary>
internal static class SandboxApiServer
{
    public static async Task<TestCluster> StartAsync(string name)
    {
        var server = await KubernetesApiServer.StartAsync(new() { Name = name }, CancellationToken.None);
        return new(name, server.Address, server.AuthorityPem, server.Token, server);
    }
}
