using System.Net;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Benchmarks.Hostile;

/// <summary>
/// Somebody with all rights in one namespace of a good cluster, and bad manners: config providers of a megabyte, resources that change
/// without pause or come and go, Secrets that look like the operator's own, credentials that change and are none. Nothing of it may be created.
/// </summary>
internal sealed class HostileTenant(TestCluster cluster, string @namespace, TimeProvider time)
{
    private const int Edited = 10;
    private const string Redis = $"/apis/{AddonCatalog.Group}/v1/namespaces";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <summary>Config providers made until now.</summary>
    public int Large { get; private set; }

    /// <summary>Misbehaves until <paramref name="stop"/>, then removes what it made.</summary>
    /// <param name="large">How many config providers of a megabyte.</param>
    public async Task RunAsync(int large, CancellationToken stop)
    {
        await cluster.CreateNamespaceAsync(@namespace);
        await Task.WhenAll(
            UntilStoppedAsync(ChangeAsync, stop), UntilStoppedAsync(ComeAndGoAsync, stop), UntilStoppedAsync(CredentialsAsync, stop),
            UntilStoppedAsync(SecretsAsync, stop), LargeAsync(large, stop));
        await cluster.Api.DeleteIfThereAsync($"/api/v1/namespaces/{@namespace}");
        await cluster.Api.UntilAsync($"/api/v1/namespaces/{@namespace}", found => found is null, TimeSpan.FromMinutes(2));
    }

    private async Task UntilStoppedAsync(Func<int, Task> act, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            try
            {
                await act(number);
            }
            catch (HttpRequestException failure) when (failure.StatusCode is >= HttpStatusCode.BadRequest)
            {
                // The cluster has limits too.
            }

            await Task.Delay(Between, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LargeAsync(int count, CancellationToken stop)
    {
        var value = new string('x', 1000);
        for (Large = 0; Large < count && !stop.IsCancellationRequested; Large++)
        {
            var variables = new JsonObject(Enumerable.Range(0, 1000).Select(number => KeyValuePair.Create($"V{number}", (JsonNode?)value)));
            await ApplyAsync("ConfigProvider", $"large-{Large}", new JsonObject { ["variables"] = variables });
        }
    }

    private Task ChangeAsync(int number) => ApplyAsync("Redis", $"edited-{number % Edited}", Nonsense(number));

    private async Task ComeAndGoAsync(int number)
    {
        await ApplyAsync("Redis", $"fleeting-{number}", Nonsense(number));
        await cluster.Api.DeleteIfThereAsync($"{Redis}/{@namespace}/redis/fleeting-{number}");
    }

    private Task CredentialsAsync(int number) => SecretAsync(CredentialSecret.SecretName, new JsonObject
    {
        [CredentialSecret.Key] = (number % 3) switch { 0 => new string('x', 60_000), 1 => "[api]\ntoken = \"none\"", _ => "" },
    });

    private Task SecretsAsync(int number) => SecretAsync($"own-{number % 500}", new JsonObject { ["x"] = new string('x', 1000) });

    private static JsonObject Nonsense(int number) => new() { ["plan"] = $"nonsense-{number}", ["region"] = "par" };

    private async Task SecretAsync(string name, JsonObject data) => await cluster.Api.ApplyAsync(
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { [ManagedSecrets.Label] = ManagedSecrets.Value } },
            ["stringData"] = data,
        }.ToJsonString(),
        @namespace);

    private async Task ApplyAsync(string kind, string name, JsonObject spec) => await cluster.Api.ApplyAsync(
        new JsonObject
        {
            ["apiVersion"] = $"{AddonCatalog.Group}/v1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = spec,
        }.ToJsonString(),
        @namespace);
}
