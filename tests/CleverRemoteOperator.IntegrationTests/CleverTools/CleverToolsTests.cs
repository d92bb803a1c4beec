using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi;

namespace CleverRemoteOperator.IntegrationTests.CleverTools;

/// <summary>The vendor's own command line and client work on the sandbox's Clever API.</summary>
public sealed class CleverToolsTests(CleverToolsPackages packages) : IClassFixture<CleverToolsPackages>, IAsyncLifetime
{
    private const string Organisation = "orga_00000000-0000-4000-8000-000000000001";
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(1);

    private readonly string _home = Directory.CreateTempSubdirectory("clever-tools-home-").FullName;
    private CleverApiServer? _server;

    private CleverApiServer Server => _server ?? throw new InvalidOperationException("The sandbox has not been started.");

    public async ValueTask InitializeAsync()
    {
        if (packages.MissingBecause is { } reason)
        {
            Assert.Skip(reason);
        }

        _server = await CleverApiServer.StartAsync(new CleverApiServerOptions());
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public async Task It_shows_the_profile_and_the_providers()
    {
        Assert.Contains("user-1@sandbox.example", await CleverAsync("profile"), StringComparison.Ordinal);
        var providers = await CleverAsync("addon", "providers");
        Assert.All(Server.Catalogue.Providers, provider => Assert.Contains(provider.Id, providers, StringComparison.Ordinal));
        var redis = await CleverAsync("addon", "providers", "show", "redis-addon");
        Assert.Contains("Plan dev", redis, StringComparison.Ordinal);
        Assert.Contains("7.0.4", redis, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_creates_lists_reads_renames_and_deletes_an_add_on()
    {
        var created = JsonNode.Parse(await CleverAsync("addon", "create", "postgresql-addon", "my-pg", "--org", Organisation, "--plan", "s_sml", "--region", "par", "--addon-version", "14", "--option", "encryption=true", "--format", "json"))!;
        var id = (string)created["id"]!;
        Assert.Contains(created["env"]!.AsArray(), variable => (string?)variable!["name"] == "POSTGRESQL_ADDON_URI");

        var environment = await CleverAsync("addon", "env", id);
        Assert.Contains("POSTGRESQL_ADDON_VERSION=\"14\"", environment, StringComparison.Ordinal);
        await CleverAsync("addon", "rename", id, "renamed", "--org", Organisation);
        var listed = Assert.Single(JsonNode.Parse(await CleverAsync("addon", "list", "--org", Organisation, "--format", "json"))!.AsArray())!;
        Assert.Equal((id, "renamed", "s_sml"), ((string?)listed["addonId"], (string?)listed["name"], (string?)listed["planSlug"]));
        await CleverAsync("addon", "delete", id, "--org", Organisation, "--yes");

        Assert.Empty(Server.Addons.All);
        Assert.Contains("does not exist", (await RunAsync("addon", "env", id)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis-addon", "dev", "7.0.4", null, "Real ID: redis_")]
    [InlineData("es-addon", "xs", "8", "kibana=true", "Real ID: elasticsearch_")]
    [InlineData("keycloak", "base", null, null, "Your Keycloak is starting")]
    [InlineData("config-provider", "std", null, null, "Real ID: config_")]
    public async Task It_creates_other_kinds(string provider, string plan, string? version, string? option, string expected)
    {
        string[] arguments = ["addon", "create", provider, "thing", "--org", Organisation, "--plan", plan];
        var output = await CleverAsync([.. arguments, .. version is null ? [] : new[] { "--addon-version", version }, .. option is null ? [] : new[] { "--option", option }]);

        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Equal((provider, Organisation), Server.Addons.All.Select(addon => (addon.ProviderId, addon.OwnerId)).Single());
    }

    [Fact]
    public async Task It_sets_reads_and_removes_the_variables_of_a_config_provider()
    {
        await CleverAsync("addon", "create", "config-provider", "settings", "--org", Organisation);
        var id = Server.Addons.All.Single().RealId;

        await CleverAsync("config-provider", "set", id, "A", "1");
        await CleverAsync("config-provider", "set", id, "B", "two words");
        Assert.Equal("A=\"1\"\nB=\"two words\"", (await CleverAsync("config-provider", "get", id)).Trim());
        await CleverAsync("config-provider", "rm", id, "A");
        Assert.Equal("B=\"two words\"", (await CleverAsync("config-provider", "get", id)).Trim());
    }

    [Fact]
    public async Task It_lists_kubernetes_clusters_and_fetches_a_kubeconfig()
    {
        using var client = new HttpClient { BaseAddress = Server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sandbox-bearer");
        (await client.PostAsJsonAsync($"/v4/kubernetes/organisations/{Organisation}/clusters", new { name = "prod" })).EnsureSuccessStatusCode();

        await CleverAsync("features", "enable", "k8s");
        Assert.Contains("prod", await CleverAsync("k8s", "list", "--org", Organisation), StringComparison.Ordinal);
        Assert.Contains("ACTIVE", await CleverAsync("k8s", "get", "prod", "--org", Organisation), StringComparison.Ordinal);
        Assert.Contains("kind: Config", await CleverAsync("k8s", "get-kubeconfig", "prod", "--org", Organisation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_that_a_wrong_token_is_not_logged_in()
    {
        var result = await RunAsync(["addon", "list"], token: "nobody");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("not logged in", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_vendors_client_library_signs_in_and_reads_the_user()
    {
        const string Script = """
            import { addOauthHeader } from '@clevercloud/client/esm/oauth.js';
            import { prefixUrl } from '@clevercloud/client/esm/prefix-url.js';
            import { request } from '@clevercloud/client/esm/request.fetch.js';
            import { get } from '@clevercloud/client/esm/api/v2/organisation.js';
            const tokens = { OAUTH_CONSUMER_KEY: 'T5nFjKeHH4AIlEveuGhB5S3xg8T19e', OAUTH_CONSUMER_SECRET: 'MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT', API_OAUTH_TOKEN: process.env.CLEVER_TOKEN, API_OAUTH_TOKEN_SECRET: process.env.CLEVER_SECRET };
            const user = await get({}).then(prefixUrl(process.env.API_HOST)).then(addOauthHeader(tokens)).then(request);
            console.log(user.id);
            """;
        var result = await Finished.RunAsync(Start("node", ["--input-type=module", "--eval", Script], "sandbox-token"), CommandTimeout);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal("user_00000000-0000-4000-8000-000000000001", result.Output.Trim());
    }

    /// <summary>Runs <c>clever</c>, which must succeed, and returns what it printed.</summary>
    private async Task<string> CleverAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }

    private Task<Finished> RunAsync(params string[] arguments) => RunAsync(arguments, "sandbox-token");

    private Task<Finished> RunAsync(string[] arguments, string token) =>
        Finished.RunAsync(Start("node", [Path.Combine("node_modules", "clever-tools", "bin", "clever.js"), .. arguments], token), CommandTimeout);

    /// <summary>A process that knows the sandbox only: nothing of this user's environment but the search path.</summary>
    private ProcessStartInfo Start(string program, IEnumerable<string> arguments, string token)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = packages.Folder };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = _home;
        start.Environment["NO_COLOR"] = "1";
        start.Environment["NO_UPDATE_NOTIFIER"] = "1";
        start.Environment["API_HOST"] = Server.Address.GetLeftPart(UriPartial.Authority);
        start.Environment["AUTH_BRIDGE_HOST"] = Server.Address.GetLeftPart(UriPartial.Authority);
        start.Environment["CLEVER_TOKEN"] = token;
        start.Environment["CLEVER_SECRET"] = "sandbox-secret";
        return start;
    }
}
