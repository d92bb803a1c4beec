using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class ControlTests
{
    [Fact]
    public async Task An_add_on_is_changed_behind_the_back_of_who_made_it()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();
        var path = $"{SandboxApi.Addons}/{addon["id"]}";

        await PatchAsync(api, addon, new { name = "other", plan = "m_med", tags = new[] { "a" }, environment = new Dictionary<string, string?> { ["POSTGRESQL_ADDON_PASSWORD"] = "rotated", ["EXTRA"] = "1", ["POSTGRESQL_ADDON_URI"] = null } });

        var changed = await api.GetAsync(path);
        Assert.Equal(("other", "m_med"), ((string?)changed["name"], (string?)changed["plan"]!["slug"]));
        Assert.Equal("""["a"]""", (await api.GetAsync(path + "/tags")).ToJsonString());
        var environment = await api.EnvironmentAsync(addon);
        Assert.Equal(("rotated", "1", false), (environment["POSTGRESQL_ADDON_PASSWORD"], environment["EXTRA"], environment.ContainsKey("POSTGRESQL_ADDON_URI")));
        await PatchAsync(api, addon, new { status = "TO_DELETE" });
        Assert.Equal("TO_DELETE", (string?)(await api.GetAsync($"/v4/addon-providers/postgresql-addon/addons/{addon["id"]}"))["status"]);
    }

    [Fact]
    public async Task A_config_providers_variables_are_changed_where_it_keeps_them()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync("config-provider", "std");

        await PatchAsync(api, addon, new { environment = new Dictionary<string, string> { ["A"] = "1" } });

        Assert.Equal("""[{"name":"A","value":"1"}]""", (await api.GetAsync($"/v4/addon-providers/config-provider/addons/{addon["realId"]}/env")).ToJsonString());
    }

    [Fact]
    public async Task An_add_on_is_deleted_however_young_it_is()
    {
        await using var api = await SandboxApi.StartAsync(options => options with { DeletableAfter = TimeSpan.FromHours(1) });
        var addon = await api.CreateAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await api.Client.DeleteAsync($"{SandboxApi.Addons}/{addon["id"]}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Client.DeleteAsync($"/_sandbox/addons/{addon["id"]}")).StatusCode);
        Assert.Empty(api.Server.Addons.All);
    }

    [Fact]
    public async Task Backups_are_as_old_as_is_said()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();
        var path = $"/v2/backups/{SandboxApi.Organisation}/{addon["realId"]}";

        await PatchAsync(api, addon, new { createdAt = "2025-12-30T23:00:00Z" });
        Assert.Equal("2025-12-31T23:00:00.000000Z", (string?)Assert.Single((await api.GetAsync(path)).AsArray())!["creation_date"]);
        await PatchAsync(api, addon, new { backups = new[] { "2025-12-01T00:00:00Z" } });

        Assert.Equal("2025-12-01T00:00:00.000000Z", (string?)Assert.Single((await api.GetAsync(path)).AsArray())!["creation_date"]);
    }

    [Theory]
    [InlineData("""{"colour":"red"}""", "colour cannot be changed; allowed are: name, plan")]
    [InlineData("""{"plan":"none"}""", "has no plan none")]
    [InlineData("""{"createdAt":"yesterday"}""", "is no time")]
    public async Task A_change_that_cannot_be_is_told_and_not_made(string body, string expected)
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();
        var response = await api.Client.PatchAsync($"/_sandbox/addons/{addon["id"]}", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delays_change_while_it_runs()
    {
        await using var api = await SandboxApi.StartAsync();
        (await api.Client.PatchAsJsonAsync("/_sandbox/delays", new { listLagMs = 5000 })).EnsureSuccessStatusCode();
        await api.CreateAsync();

        Assert.Empty((await api.GetAsync(SandboxApi.Addons)).AsArray());
        api.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Single((await api.GetAsync(SandboxApi.Addons)).AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Client.PatchAsJsonAsync("/_sandbox/delays", new { lag = 1 })).StatusCode);
        Assert.Equal(2000, (int)(await api.GetAsync("/_sandbox/delays"))["migrationMs"]!);
    }

    [Fact]
    public async Task A_token_ends_when_it_is_said_to_and_that_account_alone_is_refused()
    {
        await using var api = await SandboxApi.StartAsync();
        await api.Client.PutAsJsonAsync($"/_sandbox/tokens/{SandboxApi.Organisation}", new { expirationDate = "2026-01-01T00:10:00Z" });

        Assert.Equal(1767226200000, (long)(await api.GetAsync("/v2/self/tokens/current"))["expirationDate"]!);
        Assert.Equal("2026-01-01T00:10:00.000Z", (string?)Assert.Single((await api.GetAsync("/api-tokens")).AsArray())!["expirationDate"]);
        api.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Client.GetAsync("/v2/self")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.Other.GetAsync("/v2/self")).StatusCode);
        await api.Client.PutAsJsonAsync($"/_sandbox/tokens/{SandboxApi.Organisation}", new { expirationDate = (string?)null });
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/v2/self")).StatusCode);
    }

    private static async Task PatchAsync(SandboxApi api, JsonObject addon, object change)
    {
        var response = await api.Client.PatchAsJsonAsync($"/_sandbox/addons/{addon["id"]}", change);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
