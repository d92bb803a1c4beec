using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class DetailTests
{
    private const string ConfigProvider = "/v4/addon-providers/config-provider/addons/";

    [Fact]
    public async Task A_databases_detail_agrees_with_its_environment_and_takes_the_add_on_id_only()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync(options: new { version = "14", encryption = "true" });
        var environment = await api.EnvironmentAsync(addon);
        var detail = await api.GetAsync($"/v4/addon-providers/postgresql-addon/addons/{addon["id"]}");

        Assert.Equal(environment["POSTGRESQL_ADDON_PASSWORD"], (string?)detail["password"]);
        Assert.Equal(environment["POSTGRESQL_ADDON_PORT"], detail["port"]!.GetValue<int>().ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("2026-01-01T00:00:00.000Z[UTC]", (string?)detail["creation_date"]);
        Assert.True((bool)detail["features"]!.AsArray().Single(feature => (string?)feature!["name"] == "encryption")!["enabled"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.GetAsync($"/v4/addon-providers/postgresql-addon/addons/{addon["realId"]}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.GetAsync($"/v4/addon-providers/mysql-addon/addons/{addon["id"]}")).StatusCode);
    }

    [Fact]
    public async Task A_config_providers_variables_are_replaced_as_a_whole_under_its_real_id()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync("config-provider", "std");
        var path = $"{ConfigProvider}{addon["realId"]}/env";

        Assert.Equal("[]", (await api.GetAsync(path)).ToJsonString());
        await api.Client.PutAsJsonAsync(path, new[] { new { name = "A", value = "1" }, new { name = "B", value = "2" } });
        var answer = await api.Client.PutAsJsonAsync(path, new[] { new { name = "B", value = "3" } });

        Assert.Equal("""[{"name":"B","value":"3"}]""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("3", (await api.EnvironmentAsync(addon))["B"]);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.GetAsync($"{ConfigProvider}{addon["id"]}/env")).StatusCode);
    }

    [Theory]
    [InlineData("""[{"name":"1A","value":"x"}]""", "Invalid variable name '1A'")]
    [InlineData("""[{"name":"A"}]""", "A variable must be")]
    [InlineData("""{"A":"1"}""", "an array is expected")]
    [InlineData("nonsense", "malformed")]
    public async Task Bad_variables_are_refused_and_change_nothing(string body, string expected)
    {
        await using var api = await SandboxApi.StartAsync();
        var path = $"{ConfigProvider}{(await api.CreateAsync("config-provider", "std"))["realId"]}/env";
        var response = await api.Client.PutAsync(path, new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("[]", (await api.GetAsync(path)).ToJsonString());
    }

    [Fact]
    public async Task A_key_value_store_says_when_it_is_provisioned()
    {
        await using var api = await SandboxApi.StartAsync(options => options with { ProvisioningDelay = TimeSpan.FromSeconds(10) });
        var addon = await api.CreateAsync("kv", "base");
        var path = $"/v4/materia/organisations/{SandboxApi.Organisation}/materia/databases/{addon["realId"]}";

        Assert.Matches("^kv_[0-9A-HJKMNP-TV-Z]{26}$", (string?)addon["realId"]);
        Assert.Equal("PROVISIONING", (string?)(await api.GetAsync(path))["status"]);
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("PROVISIONED", (string?)(await api.GetAsync(path))["status"]);
    }

    [Fact]
    public async Task Keycloak_offers_versions_and_takes_an_update()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync("keycloak", "base");
        var path = $"/v4/addon-providers/addon-keycloak/addons/{addon["realId"]}";

        var check = await api.GetAsync(path + "/version/check");
        Assert.True((bool)check["needUpdate"]!);
        await api.Client.PostAsJsonAsync(path + "/version/update", new { targetVersion = (string?)check["latest"] });

        Assert.Equal((string?)check["latest"], (string?)(await api.GetAsync(path))["version"]);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Client.PostAsync(path + "/reboot", null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Client.PostAsJsonAsync(path + "/version/update", new { targetVersion = "1" })).StatusCode);
    }

    [Fact]
    public async Task A_database_has_a_backup_for_each_day_and_keeps_seven()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();
        var path = $"/v2/backups/{SandboxApi.Organisation}/{addon["realId"]}";

        Assert.Empty((await api.GetAsync(path)).AsArray());
        api.Clock.Advance(TimeSpan.FromDays(9.5));
        var backups = (await api.GetAsync(path)).AsArray();

        Assert.Equal(7, backups.Count);
        Assert.Equal("2026-01-10T00:00:00.000000Z", (string?)backups[^1]!["creation_date"]);
    }

    [Fact]
    public async Task A_kubernetes_cluster_is_listed_read_and_stays_as_deleted()
    {
        await using var api = await SandboxApi.StartAsync();
        var path = $"/v4/kubernetes/organisations/{SandboxApi.Organisation}/clusters";
        var created = await (await api.Client.PostAsJsonAsync(path, new { name = "prod" })).Content.ReadFromJsonAsync<JsonObject>();
        var kubeconfig = await api.Client.GetAsync($"{path}/{created!["id"]}/kubeconfig.yaml");

        Assert.Equal("ACTIVE", (string?)(await api.GetAsync($"{path}/{created["id"]}"))["status"]);
        Assert.Contains("yaml", kubeconfig.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
        await api.Client.DeleteAsync($"{path}/{created["id"]}");
        Assert.Equal("DELETED", (string?)Assert.Single((await api.GetAsync(path)).AsArray())!["status"]);
    }
}
