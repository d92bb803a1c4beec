using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class MigrationTests
{
    [Fact]
    public async Task A_migration_runs_then_changes_plan_region_version_and_access()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync(options: new { version = "14" });
        var before = await api.EnvironmentAsync(addon);
        var path = $"{SandboxApi.Addons}/{addon["id"]}";

        var started = await StartAsync(api, addon, "m_med", "mtl", "16");
        Assert.Equal("RUNNING", (string?)started["status"]);
        Assert.Equal(before, await api.EnvironmentAsync(addon));
        api.Clock.Advance(TimeSpan.FromSeconds(2));

        var done = await api.GetAsync($"{path}/migrations/{started["migrationId"]}");
        Assert.Equal("OK", (string?)done["status"]);
        Assert.All(done["steps"]!.AsArray(), step => Assert.Equal("OK", (string?)step!["status"]));
        var moved = await api.GetAsync(path);
        Assert.Equal(("m_med", "mtl"), ((string?)moved["plan"]!["slug"], (string?)moved["region"]));
        var after = await api.EnvironmentAsync(addon);
        Assert.Equal("16", after["POSTGRESQL_ADDON_VERSION"]);
        Assert.All(["HOST", "DB", "USER", "PASSWORD"], key => Assert.NotEqual(before["POSTGRESQL_ADDON_" + key], after["POSTGRESQL_ADDON_" + key]));
    }

    [Fact]
    public async Task A_second_migration_and_a_downgrade_are_refused()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync(options: new { version = "15" });

        Assert.Contains("cannot be downgraded", await RefusalAsync(api, addon, "s_sml", "par", "14"), StringComparison.Ordinal);
        await StartAsync(api, addon, "s_sml", "par", "15");
        Assert.Contains("already running", await RefusalAsync(api, addon, "s_sml", "par", "16"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_aborted_migration_leaves_the_add_on_as_it_was()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();
        var before = await api.EnvironmentAsync(addon);
        var started = await StartAsync(api, addon, "m_med", "par", "15");

        await api.Client.DeleteAsync($"{SandboxApi.Addons}/{addon["id"]}/migrations/{started["migrationId"]}");
        api.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("ABORTED", (string?)Assert.Single((await api.GetAsync($"{SandboxApi.Addons}/{addon["id"]}/migrations")).AsArray())!["status"]);
        Assert.Equal(before, await api.EnvironmentAsync(addon));
    }

    [Fact]
    public async Task A_service_that_is_not_ready_refuses_a_migration()
    {
        await using var api = await SandboxApi.StartAsync(options => options with { ProvisioningDelay = TimeSpan.FromSeconds(30) });
        var addon = await api.CreateAsync();

        Assert.Contains("not ready", await RefusalAsync(api, addon, "m_med", "par", "15"), StringComparison.Ordinal);
        api.Clock.Advance(TimeSpan.FromSeconds(30));
        await StartAsync(api, addon, "m_med", "par", "15");
    }

    private static async Task<JsonNode> StartAsync(SandboxApi api, JsonObject addon, string slug, string region, string version)
    {
        var response = await PostAsync(api, addon, slug, region, version);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<string> RefusalAsync(SandboxApi api, JsonObject addon, string slug, string region, string version)
    {
        var response = await PostAsync(api, addon, slug, region, version);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static Task<HttpResponseMessage> PostAsync(SandboxApi api, JsonObject addon, string slug, string region, string version)
    {
        var planId = api.Server.Catalogue.Find("postgresql-addon")!.Plans.Single(plan => plan.Slug == slug).Id;
        return api.Client.PostAsJsonAsync($"{SandboxApi.Addons}/{addon["id"]}/migrations", new { planId, region, version });
    }
}
