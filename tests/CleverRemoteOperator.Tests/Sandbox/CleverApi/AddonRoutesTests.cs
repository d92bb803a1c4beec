using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class AddonRoutesTests
{
    [Fact]
    public async Task A_created_add_on_is_found_by_both_ids_renamed_and_deleted_once()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync(options: new { version = "14", encryption = "true" });
        var path = $"{SandboxApi.Addons}/{addon["id"]}";

        Assert.Equal((string?)addon["id"], (string?)(await api.GetAsync($"{SandboxApi.Addons}/{addon["realId"]}"))["id"]);
        await api.Client.PutAsJsonAsync(path, new { name = "renamed", region = "mtl" });
        var listed = Assert.Single((await api.GetAsync(SandboxApi.Addons)).AsArray());
        Assert.Equal(("renamed", "par"), ((string?)listed!["name"], (string?)listed["region"]));

        var deleted = await api.Client.DeleteAsync(path);
        Assert.Equal("success", (string?)(await deleted.Content.ReadFromJsonAsync<JsonObject>())!["type"]);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.DeleteAsync(path)).StatusCode);
        Assert.Contains("11001", await (await api.Client.GetAsync(path)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await api.GetAsync(SandboxApi.Addons)).AsArray());
    }

    [Fact]
    public async Task The_environment_is_there_at_once_stable_and_different_for_each_add_on()
    {
        await using var api = await SandboxApi.StartAsync();
        var first = await api.CreateAsync(options: new { version = "16" });
        var second = await api.CreateAsync();
        var environment = await api.EnvironmentAsync(first);

        var database = environment["POSTGRESQL_ADDON_DB"];
        Assert.Matches("^[a-z][a-z0-9]{19}$", database);
        Assert.Equal($"{database}-postgresql.services.clever-cloud.com", environment["POSTGRESQL_ADDON_HOST"]);
        Assert.Equal($"postgresql://{environment["POSTGRESQL_ADDON_USER"]}:{environment["POSTGRESQL_ADDON_PASSWORD"]}@{environment["POSTGRESQL_ADDON_HOST"]}:{environment["POSTGRESQL_ADDON_PORT"]}/{database}", environment["POSTGRESQL_ADDON_URI"]);
        Assert.Equal("16", environment["POSTGRESQL_ADDON_VERSION"]);
        Assert.Equal(environment, await api.EnvironmentAsync(first));
        Assert.NotEqual(environment["POSTGRESQL_ADDON_PASSWORD"], (await api.EnvironmentAsync(second))["POSTGRESQL_ADDON_PASSWORD"]);
        Assert.Equal(environment.Keys.Order(), first["configKeys"]!.AsArray().Select(key => (string)key!).Order());
    }

    [Fact]
    public async Task Kibana_and_apm_publish_their_variables_only_when_switched_on()
    {
        await using var api = await SandboxApi.StartAsync();
        var bare = await api.EnvironmentAsync(await api.CreateAsync("es-addon", "xs"));
        var kibana = await api.EnvironmentAsync(await api.CreateAsync("es-addon", "xs", options: new { services = """[{"name":"kibana","enabled":true},{"name":"apm","enabled":false}]""" }));
        var apm = await api.EnvironmentAsync(await api.CreateAsync("es-addon", "xs", options: new { apm = "true" }));

        Assert.DoesNotContain("ES_ADDON_KIBANA_HOST", bare.Keys);
        Assert.Contains("ES_ADDON_KIBANA_HOST", kibana.Keys);
        Assert.DoesNotContain("ES_ADDON_APM_HOST", kibana.Keys);
        Assert.Contains("ELASTIC_APM_SERVER_URL", apm.Keys);
    }

    [Fact]
    public async Task The_personal_space_is_the_same_under_self_and_under_the_users_id()
    {
        await using var api = await SandboxApi.StartAsync();
        var created = await api.Client.PostAsJsonAsync("/v2/self/addons", new { name = "mine", region = "par", providerId = "postgresql-addon", plan = SandboxApi.SmallPostgreSql });
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);

        Assert.Single((await api.GetAsync("/v2/organisations/user_00000000-0000-4000-8000-000000000001/addons")).AsArray());
        Assert.Empty((await api.GetAsync(SandboxApi.Addons)).AsArray());
        Assert.Single((await api.GetAsync("/v2/summary"))["user"]!["addons"]!.AsArray());
    }

    [Fact]
    public async Task A_created_add_on_appears_in_the_list_after_the_lag()
    {
        await using var api = await SandboxApi.StartAsync(options => options with { ListLag = TimeSpan.FromSeconds(5) });
        var addon = await api.CreateAsync();

        Assert.Empty((await api.GetAsync(SandboxApi.Addons)).AsArray());
        Assert.Equal((string?)addon["id"], (string?)(await api.GetAsync($"{SandboxApi.Addons}/{addon["id"]}"))["id"]);
        api.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Single((await api.GetAsync(SandboxApi.Addons)).AsArray());
    }

    [Fact]
    public async Task Deleting_too_early_is_refused_when_asked_for()
    {
        await using var api = await SandboxApi.StartAsync(options => options with { DeletableAfter = TimeSpan.FromMinutes(1) });
        var path = $"{SandboxApi.Addons}/{(await api.CreateAsync())["id"]}";

        Assert.Equal(HttpStatusCode.BadRequest, (await api.Client.DeleteAsync(path)).StatusCode);
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await api.Client.DeleteAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Tags_are_replaced_added_and_removed()
    {
        await using var api = await SandboxApi.StartAsync();
        var path = $"{SandboxApi.Addons}/{(await api.CreateAsync())["id"]}/tags";

        await api.Client.PutAsJsonAsync(path, new[] { "a", "b" });
        await api.Client.PutAsync(path + "/c", null);
        await api.Client.DeleteAsync(path + "/a");

        Assert.Equal("""["b","c"]""", (await api.GetAsync(path)).ToJsonString());
    }

    [Fact]
    public async Task Names_are_not_unique()
    {
        await using var api = await SandboxApi.StartAsync();
        var first = await api.CreateAsync(name: "twin");
        var second = await api.CreateAsync(name: "twin");

        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
    }
}
