using CleverRemoteOperator.CleverCloud;
using static CleverRemoteOperator.Tests.CleverCloud.ApiUnderTest;
using static CleverRemoteOperator.Tests.CleverCloud.CleverServer;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CleverLifecycleTests
{
    private const string Migrations = $"/v2/organisations/{Organisation}/addons/{AddonId}/migrations";
    private const string Tags = $"/v2/organisations/{Organisation}/addons/{AddonId}/tags";

    private static readonly CleverPlan Plan = new("plan_1", "base", "BASE", 0, [], false);

    [Fact]
    public async Task A_migration_is_asked_for_with_all_three_and_read()
    {
        await using var server = await StartAsync(200, """
            {"migrationId":"migration_1","requestDate":"2026-01-01T00:00:00.000Z","status":"RUNNING",
             "steps":[null,{"value":"RETRIEVE_ADDON","status":"OK"},{"value":"DUMP_AND_RESTORE","status":"RUNNING"}]}
            """);
        using var client = new ApiUnderTest(server.Endpoint);

        var migration = await StartMigrationAsync(client, () => true);

        Assert.Equal(
            new CleverMigration("migration_1", MigrationStatus.Running, "RUNNING", "DUMP_AND_RESTORE", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            migration);
        var request = Assert.Single(server.Requests);
        Assert.Equal(($"POST {Migrations}", """{"planId":"plan_2","region":"par","version":null}"""), (request.Line, request.Body));
    }

    [Fact]
    public async Task A_migration_without_a_clear_answer_may_run_and_is_not_asked_for_again()
    {
        await using var server = await StartAsync(DropAsync);
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.True((await Assert.ThrowsAsync<CleverApiException>(() => StartMigrationAsync(client, () => true))).IsOutcomeUnknown);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_migration_that_may_not_leave_does_not()
    {
        await using var server = await StartAsync(200, "{}");
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.True((await Assert.ThrowsAsync<CleverApiException>(() => StartMigrationAsync(client, () => false))).IsOutcomeUnknown);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("OK", "Done", true)]
    [InlineData("FAILED", "Failed", true)]
    [InlineData("ABORTED", "Aborted", true)]
    [InlineData("RECOVERED", "Recovered", true)]
    [InlineData("RECOVERING", "Recovering", false)]
    [InlineData("RUNNING", "Running", false)]
    [InlineData("PAUSED", "Unknown", false)]
    [InlineData("ok", "Unknown", false)]
    public async Task A_status_we_do_not_know_is_not_the_end_of_a_migration(string text, string status, bool isOver)
    {
        await using var server = await StartAsync(200, $$"""[null,{"migrationId":"migration_1","status":"{{text}}","steps":null}]""");
        using var client = new ApiUnderTest(server.Endpoint);

        var migration = Assert.Single(await client.Api.ListMigrationsAsync(Organisation, AddonId, CancellationToken.None));

        Assert.Equal((status, text, isOver, null), (migration.Status.ToString(), migration.StatusText, migration.IsOver, migration.Step));
    }

    [Fact]
    public async Task A_migration_there_is_not_is_null_and_its_stop_false()
    {
        await using var server = await StartAsync(404, """{"id":99022,"message":"This migration does not exist.","type":"error"}""");
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.Null(await client.Api.FindMigrationAsync(Organisation, AddonId, "migration_1", CancellationToken.None));
        Assert.Null(await client.Api.FindMigrationAsync(Organisation, AddonId, "../x", CancellationToken.None));
        Assert.False(await client.Api.AbortMigrationAsync(Organisation, AddonId, "migration_1", CancellationToken.None));
        Assert.Equal([$"GET {Migrations}/migration_1", $"DELETE {Migrations}/migration_1"], server.Requests.Select(request => request.Line));
        Assert.Contains("GET /v2/organisations/{organisation}/addons/{addon}/migrations/{migration} 404", client.Seen);
    }

    [Theory]
    [InlineData("postgresql-addon", "/v4/addon-providers/postgresql-addon/addons/addon_1")]
    [InlineData("redis-addon", "/v4/addon-providers/redis-addon/addons/addon_1")]
    [InlineData("config-provider", "/v4/addon-providers/config-provider/addons/real_1")]
    [InlineData("addon-pulsar", "/v4/addon-providers/addon-pulsar/addons/real_1")]
    [InlineData("keycloak", "/v4/addon-providers/addon-keycloak/addons/real_1")]
    [InlineData("addon-matomo", "/v4/addon-providers/addon-matomo/addons/real_1")]
    [InlineData("kv", $"/v4/materia/organisations/{Organisation}/materia/databases/real_1")]
    [InlineData("cellar-addon", $"/v4/cellar/organisations/{Organisation}/cellar/real_1")]
    [InlineData("azimutt", null)]
    public async Task Each_provider_is_asked_where_it_tells_and_by_the_id_it_takes(string provider, string? path)
    {
        await using var server = await StartAsync(200, "{}");
        using var client = new ApiUnderTest(server.Endpoint);

        var detail = await client.Api.FindDetailAsync(Organisation, Addon(provider), CancellationToken.None);

        Assert.Equal(path is null ? [] : [$"GET {path}"], server.Requests.Select(request => request.Line));
        Assert.Equal(path is null, detail is null);
    }

    [Fact]
    public async Task The_detail_of_a_database_is_read_without_its_secrets()
    {
        await using var server = await StartAsync(200, """
            {"status":"ACTIVE","version":15,"plan":"xs_med","host":"h","port":6388,"user":"u","password":"secret-password",
             "features":[{"name":"do-backup","enabled":true},{"name":"encryption","enabled":false},{"name":"do-backup","enabled":false},{"enabled":true},null,7],
             "read_only_users":[{"user":"ro1","password":"secret-password"},{}]}
            """);
        using var client = new ApiUnderTest(server.Endpoint);

        var detail = (await client.Api.FindDetailAsync(Organisation, Addon("mysql-addon"), CancellationToken.None))!;

        Assert.Equal(("ACTIVE", "15", "xs_med", "h", 6388), (detail.Status, detail.Version, detail.Plan, detail.Host, detail.Port));
        Assert.Equal(new Dictionary<string, bool> { ["do-backup"] = true, ["encryption"] = false }, detail.Features);
        Assert.Equal(["ro1"], detail.ReadOnlyUsers);
        Assert.DoesNotContain("secret-password", detail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_detail_of_a_software_is_read_though_its_features_are_an_object()
    {
        await using var server = await StartAsync(200, """
            {"resourceId":"keycloak_1","version":"26.4.7","accessUrl":"https://a.example","availableVersions":["26.4.7",null,26],
             "resources":{"entrypoint":"app_1","pgsqlId":"postgresql_1","kvId":null},"features":{"networkGroup":null},"port":"x"}
            """);
        using var client = new ApiUnderTest(server.Endpoint);

        var detail = (await client.Api.FindDetailAsync(Organisation, Addon("keycloak"), CancellationToken.None))!;

        Assert.Equal(("26.4.7", "https://a.example", null), (detail.Version, detail.AccessUrl, detail.Port));
        Assert.Equal(["26.4.7"], detail.AvailableVersions);
        Assert.Equal(new Dictionary<string, string> { ["entrypoint"] = "app_1", ["pgsqlId"] = "postgresql_1" }, detail.Resources);
        Assert.Empty(detail.Features);
    }

    [Theory]
    [InlineData("keycloak", true)]
    [InlineData("metabase", true)]
    [InlineData("otoroshi", true)]
    [InlineData("addon-matomo", false)]
    [InlineData("postgresql-addon", false)]
    public async Task Versions_are_checked_and_updated_where_there_are_any(string provider, bool isUpdatable)
    {
        await using var server = await StartAsync(200, """{"installed":"1","available":["1","2"],"latest":"2","needUpdate":true}""");
        using var client = new ApiUnderTest(server.Endpoint);

        var check = await client.Api.CheckVersionAsync(Addon(provider), CancellationToken.None);
        var failure = await Record.ExceptionAsync(() => client.Api.UpdateVersionAsync(Addon(provider), "2", () => true, CancellationToken.None));

        Assert.Equal(isUpdatable, check is { Installed: "1", Latest: "2", NeedsUpdate: true, Available: ["1", "2"] });
        Assert.Equal(!isUpdatable, failure is CleverApiException);
        Assert.Equal(
            isUpdatable
                ? [($"GET /v4/addon-providers/addon-{provider}/addons/real_1/version/check", ""),
                   ($"POST /v4/addon-providers/addon-{provider}/addons/real_1/version/update", """{"targetVersion":"2"}""")]
                : [],
            server.Requests.Select(request => (request.Line, request.Body)));
    }

    [Fact]
    public async Task Tags_are_read_replaced_added_and_taken_away()
    {
        await using var server = await StartAsync(200, """["a",null,"b"]""");
        using var client = new ApiUnderTest(server.Endpoint);
        var api = client.Api;

        Assert.Equal(["a", "b"], await api.GetTagsAsync(Organisation, AddonId, CancellationToken.None));
        Assert.Equal(["a", "b"], await api.SetTagsAsync(Organisation, AddonId, ["a", "b:c"], CancellationToken.None));
        Assert.Equal(["a", "b"], await api.AddTagAsync(Organisation, AddonId, "tag-1", CancellationToken.None));
        Assert.Equal(["a", "b"], await api.RemoveTagAsync(Organisation, AddonId, "tag-1", CancellationToken.None));
        await Assert.ThrowsAsync<CleverApiException>(() => api.AddTagAsync(Organisation, AddonId, "../env", CancellationToken.None));

        Assert.Equal(
            [($"GET {Tags}", ""), ($"PUT {Tags}", """["a","b:c"]"""), ($"PUT {Tags}/tag-1", ""), ($"DELETE {Tags}/tag-1", "")],
            server.Requests.Select(request => (request.Line, request.Body)));
    }

    [Fact]
    public async Task Backups_are_read_with_their_times_and_none_is_no_failure()
    {
        await using var server = await StartAsync(404, """{"id":1,"message":"none","type":"error"}""");
        server.First(Answer(200, """
            [{"backup_id":"b1","status":"DONE","creation_date":"2026-01-01T03:00:00.000000Z","delete_at":"2026-01-08T03:00:00.000000Z[UTC]","download_url":"https://secret.example"},
             null,{"backup_id":"b2","creation_date":1767225600000},{"creation_date":"yesterday"}]
            """));
        using var client = new ApiUnderTest(server.Endpoint);

        var backups = await client.Api.ListBackupsAsync(Organisation, "postgresql_1", CancellationToken.None);
        var none = await client.Api.ListBackupsAsync(Organisation, "postgresql_1", CancellationToken.None);

        var three = new DateTimeOffset(2026, 1, 1, 3, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [new CleverBackup("b1", "DONE", three, three.AddDays(7)), new CleverBackup("b2", null, three.AddHours(-3), null), new CleverBackup("", null, null, null)],
            backups);
        Assert.Empty(none);
        Assert.Equal($"GET /v2/backups/{Organisation}/postgresql_1", server.Requests.First().Line);
    }

    [Fact]
    public async Task A_creation_time_and_a_price_id_are_read_of_an_add_on()
    {
        await using var server = await StartAsync(200, """{"id":"addon_1","creationDate":1767225600000,"plan":{"id":"p","price_id":"postgresql.xs_sml"}}""");
        using var client = new ApiUnderTest(server.Endpoint);

        var addon = (await client.FindAsync())!;

        Assert.Equal((new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "postgresql.xs_sml"), (addon.CreatedAt, addon.Plan.PriceId));
    }

    private static CleverAddon Addon(string provider) => new("addon_1", "real_1", "name", "par", provider, Plan);

    private static Task<CleverMigration> StartMigrationAsync(ApiUnderTest client, Func<bool> mayLeave) =>
        client.Api.StartMigrationAsync(Organisation, AddonId, new CleverMigrationRequest("plan_2", "par", null), mayLeave, CancellationToken.None);
}
