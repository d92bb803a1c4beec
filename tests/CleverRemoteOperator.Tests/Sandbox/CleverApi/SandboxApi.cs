using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

/// <summary>A running sandbox with a fake clock, seeded identifiers and a client signed as one of its accounts.</summary>
internal sealed class SandboxApi : IAsyncDisposable
{
    public const string Organisation = "orga_00000000-0000-4000-8000-000000000001";
    public const string OtherOrganisation = "orga_00000000-0000-4000-8000-000000000002";
    public const string Addons = $"/v2/organisations/{Organisation}/addons";
    public const string SmallPostgreSql = "plan_f1f39547-be55-4be0-96d0-5140da25c138";

    private SandboxApi(CleverApiServer server, ObservedClock clock)
    {
        Server = server;
        Clock = clock;
        Client = ClientOf(Account.Defaults[0]);
        Other = ClientOf(Account.Defaults[1]);
    }

    public CleverApiServer Server { get; }

    public ObservedClock Clock { get; }

    public HttpClient Client { get; }

    public HttpClient Other { get; }

    public static async Task<SandboxApi> StartAsync(Func<CleverApiServerOptions, CleverApiServerOptions>? configure = null)
    {
        var clock = new ObservedClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var options = new CleverApiServerOptions { TimeProvider = clock, Random = new Random(7) };
        return new SandboxApi(await CleverApiServer.StartAsync(configure?.Invoke(options) ?? options), clock);
    }

    public HttpClient ClientOf(Account? account)
    {
        var client = new HttpClient { BaseAddress = Server.Address };
        client.DefaultRequestHeaders.Authorization = account is null ? null : new AuthenticationHeaderValue("Bearer", account.Bearer);
        return client;
    }

    /// <summary>Creates an add-on and returns the answer.</summary>
    public async Task<JsonObject> CreateAsync(string providerId = "postgresql-addon", string plan = "s_sml", string region = "par", object? options = null, string name = "my-addon")
    {
        var planId = Server.Catalogue.Find(providerId)!.Plans.Single(candidate => candidate.Slug == plan).Id;
        var response = await Client.PostAsJsonAsync(Addons, new { name, region, providerId, plan = planId, options });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async Task<JsonNode> GetAsync(string path) => (await Client.GetFromJsonAsync<JsonNode>(path))!;

    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(JsonObject addon) =>
        (await GetAsync($"{Addons}/{addon["id"]}/env")).AsArray().ToDictionary(entry => (string)entry!["name"]!, entry => (string)entry!["value"]!);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Other.Dispose();
        await Server.DisposeAsync();
    }
}
