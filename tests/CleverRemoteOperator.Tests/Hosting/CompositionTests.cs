using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Hosting;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Sandbox.CleverApi;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.Hosting;

/// <summary>What the composition gives to whoever is not the operator.</summary>
public sealed class CompositionTests
{
    private const string StatusToken = "status-token-value";

    [Fact]
    public async Task A_command_takes_clusters_and_the_Clever_API_from_it_without_running_the_operator()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await KubernetesApiServer.StartAsync(new(), token);
        await using var clever = await CleverApiServer.StartAsync(new());
        var account = Account.Defaults[0];
        CleverCredentials credentials = new(
            clever.Address, account.Token, account.Secret, CredentialsDraft.PublicConsumerKey, CredentialsDraft.PublicConsumerSecret, account.OrganisationId);
        ClusterOptions paris = new() { Name = "paris", Source = "paris.yaml", KubeconfigContent = server.Kubeconfig(ClusterUser.Admin) };

        using var composition = new Composition(new(new OperatorOptions(), credentials, [paris]), NullLoggerFactory.Instance);

        using var cluster = composition.Clusters.Connect(Assert.Single(composition.Definitions.Read()));
        await cluster.GetVersionAsync(token);
        Assert.NotNull(await composition.Clever.For(composition.Configuration.Api!).GetAccountIdAsync(token));
        Assert.Empty(composition.Health.Clusters());
    }

    [Fact]
    public void No_secret_of_the_configuration_gets_on_the_status_page()
    {
        CleverCredentials own = new(ApiEndpoint.Public, "own-token-value", "own-secret-value", "key", "own-consumer-value", null);
        var clusters = own with { Token = "paris-token-value" };
        var configuration = new OperatorConfiguration(
            new OperatorOptions { StatusToken = StatusToken }, own, [new() { Name = "paris", Source = "paris.yaml", Api = clusters }]);
        using var composition = new Composition(configuration, NullLoggerFactory.Instance);

        composition.Health.Register("paris", () => []).Report(
            ClusterState.Unreachable, $"{own.Token} {own.Secret} {own.ConsumerSecret} {clusters.Token} {StatusToken}");

        Assert.Equal("*** *** *** *** ***", Assert.Single(composition.Health.Clusters()).LastError);
    }
}
