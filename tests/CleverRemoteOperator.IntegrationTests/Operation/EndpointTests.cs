using System.Net;
using System.Net.Sockets;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>A tenant's Secret cannot make the operator talk to anything but the Clever API.</summary>
public sealed class EndpointTests(ApiServers servers)
{
    private const string Addons = "/v2/organisations/{id}/addons";

    [Fact]
    public async Task An_endpoint_in_a_namespace_secret_that_leads_elsewhere_is_told_and_nothing_is_sent_there()
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(ServerKind.Sandbox, "east"));
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        var port = ((IPEndPoint)canary.LocalEndpoint).Port;
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("a"));
        await scenario.ReadyAsync(path);
        scenario.Clever.RequestCounts.Reset();
        string[] endpoints =
        [
            "https://169.254.169.254", $"https://127.0.0.1:{port}", $"http://localhost:{port}", $"https://[::1]:{port}",
            $"https://api.clever-cloud.com@127.0.0.1:{port}", "https://api.clever-cloud.com:8443", $"https://127.0.0.1.nip.io:{port}",
        ];
        foreach (var (number, endpoint) in endpoints.Index())
        {
            await scenario.ApplyAsync(Manifests.Credentials(
                $"[api]\nendpoint = \"{endpoint}\"\ntoken = \"a-token-of-a-tenant\"\nsecret = \"a-secret-of-a-tenant\"\nconsumer-key = \"k\"\nconsumer-secret = \"a-consumer-secret\"\n"));
            var fresh = await scenario.ApplyAsync(Manifests.Redis($"b-{number}"));
            foreach (var resource in new[] { path, fresh })
            {
                var message = await scenario.HeldAsync(resource, "InvalidCredentialsSecret");
                Assert.DoesNotContain("of-a-tenant", message, StringComparison.Ordinal);
            }

            if (number == 0)
            {
                // Until the operator has seen the first of these Secrets it may look, every second here, whether the add-on of the first
                // resource is still there: with the account that created it. It must not create anything.
                Assert.All(scenario.Clever.RequestCounts.Snapshot(), count => Assert.Equal(("GET", Addons), (count.Method, count.Route)));
                scenario.Clever.RequestCounts.Reset();
            }
        }

        Assert.False(canary.Pending());
        Assert.Equal(0, scenario.Clever.RequestCounts.Total);
    }

    [Fact]
    public async Task A_redirect_of_the_Clever_API_is_not_followed()
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(ServerKind.Sandbox, "east"));
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        scenario.Clever.Faults.Set(new FaultRule
        {
            Status = 307,
            Headers = new Dictionary<string, string> { ["Location"] = $"http://127.0.0.1:{((IPEndPoint)canary.LocalEndpoint).Port}/" },
        });
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("a"));

        await scenario.UntilAsync(path, resource => resource.Condition("Ready", "status") == "False");

        Assert.False(canary.Pending());
        scenario.Clever.Faults.Set();
        await scenario.ReadyAsync(path);
    }
}
