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
        Assert.All(["HOST", "PORT", "DB", "USER", "PASSWORD"], key => Assert.NotEqual(before["POSTGRESQL_ADDON_" + key], after["POSTGRESQL_ADDON_" + key]));
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

    [Fact]
    public async Task The_direct_host_is_lost_and_the_detail_tells_the_new_access()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync(options: new Dictionary<string, string> { ["direct-host-only"] = "true", ["version"] = "15" });
        Assert.Contains("POSTGRESQL_ADDON_DIRECT_HOST", (await api.EnvironmentAsync(addon)).Keys);

        await StartAsync(api, addon, "s_sml", "par", "15");
        api.Clock.Advance(TimeSpan.FromSeconds(2));

        var environment = await api.EnvironmentAsync(addon);
        Assert.DoesNotContain(environment.Keys, name => name.Contains("DIRECT", StringComparison.Ordinal));
        var detail = await api.GetAsync($"/v4/addon-providers/postgresql-addon/addons/{addon["id"]}");
        Assert.Equal(
            (environment["POSTGRESQL_ADDON_HOST"], environment["POSTGRESQL_ADDON_DB"], environment["POSTGRESQL_ADDON_USER"], environment["POSTGRESQL_ADDON_PASSWORD"]),
            ((string?)detail["host"], (string?)detail["database"], (string?)detail["user"], (string?)detail["password"]));
    }

    [Theory]
    [InlineData("mysql-addon", 0)]
    [InlineData("mongodb-addon", 0)]
    [InlineData("postgresql-addon", 1)]
    public async Task Users_that_may_only_read_are_left_to_PostgreSQL_alone(string provider, int left)
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync(provider);
        await api.Client.PatchAsJsonAsync($"/_sandbox/addons/{addon["id"]}", new { readOnlyUsers = new[] { "reporting" } });
        var path = $"/v4/addon-providers/{provider}/addons/{addon["id"]}";
        Assert.Equal("reporting", (string?)Assert.Single((await api.GetAsync(path))["read_only_users"]!.AsArray())!["user"]);

        await StartAsync(api, addon, "s_sml", "par", null);
        api.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(left, (await api.GetAsync(path))["read_only_users"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("FAILED", "FAILED", "FAILED")]
    [InlineData("RECOVERED", "RECOVERING", "RECOVERED")]
    public async Task A_migration_told_to_fail_leaves_the_add_on_as_it_was(string outcome, string first, string last)
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();
        var before = await api.EnvironmentAsync(addon);
        (await api.Client.PutAsJsonAsync("/_sandbox/migrations/outcome", new { outcome })).EnsureSuccessStatusCode();
        var path = $"{SandboxApi.Addons}/{addon["id"]}/migrations/{(await StartAsync(api, addon, "m_med", "par", "16"))["migrationId"]}";

        api.Clock.Advance(TimeSpan.FromSeconds(2));
        var failed = await api.GetAsync(path);
        api.Clock.Advance(TimeSpan.FromSeconds(2));
        var ended = await api.GetAsync(path);

        Assert.Equal((first, last), ((string?)failed["status"], (string?)ended["status"]));
        Assert.Equal(["OK", "OK", "FAILED"], ended["steps"]!.AsArray().Select(step => (string?)step!["status"]));
        Assert.Equal(before, await api.EnvironmentAsync(addon));
        Assert.Equal("s_sml", (string?)(await api.GetAsync($"{SandboxApi.Addons}/{addon["id"]}"))["plan"]!["slug"]);
    }

    [Fact]
    public async Task A_recovering_add_on_refuses_another_migration()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();
        api.Server.Migrations.Outcome = "RECOVERED";
        await StartAsync(api, addon, "m_med", "par", "15");
        api.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Contains("already running", await RefusalAsync(api, addon, "m_med", "par", "15"), StringComparison.Ordinal);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await StartAsync(api, addon, "m_med", "par", "15");
    }

    [Fact]
    public async Task A_migration_takes_any_status_and_OK_changes_the_add_on()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();
        var id = (string?)(await StartAsync(api, addon, "m_med", "par", "15"))["migrationId"];

        await api.Client.PutAsJsonAsync($"/_sandbox/migrations/{id}", new { status = "PAUSED" });
        Assert.Equal("PAUSED", (string?)(await api.GetAsync($"{SandboxApi.Addons}/{addon["id"]}/migrations/{id}"))["status"]);
        await api.Client.PutAsJsonAsync($"/_sandbox/migrations/{id}", new { status = "OK" });

        Assert.Equal("m_med", (string?)(await api.GetAsync($"{SandboxApi.Addons}/{addon["id"]}"))["plan"]!["slug"]);
        Assert.Equal("OK", (string?)Assert.Single((await api.GetAsync("/_sandbox/migrations")).AsArray())!["status"]);
    }

    [Fact]
    public async Task A_migration_there_is_not_is_404()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();

        var response = await api.Client.GetAsync($"{SandboxApi.Addons}/{addon["id"]}/migrations/migration_00000000-0000-4000-8000-000000000000");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("This migration does not exist", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> StartAsync(SandboxApi api, JsonObject addon, string slug, string region, string? version)
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

    private static Task<HttpResponseMessage> PostAsync(SandboxApi api, JsonObject addon, string slug, string region, string? version)
    {
        var planId = api.Server.Catalogue.Find((string)addon["provider"]!["id"]!)!.Plans.Single(plan => plan.Slug == slug).Id;
        return api.Client.PostAsJsonAsync($"{SandboxApi.Addons}/{addon["id"]}/migrations", new { planId, region, version });
    }
}
