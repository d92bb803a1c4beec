using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Sandbox.CleverApi;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Tests.Sandbox.CleverApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.CleverCloud;

/// <summary>What the client does with add-ons that live, on the sandbox's Clever API, which checks signatures strictly and whose clock the test holds.</summary>
public sealed class SandboxedLifecycleTests : IAsyncLifetime
{
    private static readonly string Organisation = Account.Defaults[0].OrganisationId;
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ObservedClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private CleverApiServer _server = null!;
    private CleverApiFactory _factory = null!;
    private ICleverApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await CleverApiServer.StartAsync(new CleverApiServerOptions { StrictSigning = true, TimeProvider = _clock });
        _factory = new CleverApiFactory(
            new CleverApiOptions(), [_server.Address], _clock, () => 0.5, (_, _, _, _) => { }, NullLogger<CleverApi>.Instance);
        var account = Account.Defaults[0];
        _api = _factory.For(new CleverCredentials(
            _server.Address, account.Token, account.Secret, "T5nFjKeHH4AIlEveuGhB5S3xg8T19e", "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", null));
    }

    public ValueTask DisposeAsync()
    {
        _factory.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task A_migration_is_followed_to_its_end_and_the_environment_is_another_then()
    {
        var addon = await CreateAsync("postgresql-addon", "s_sml");
        var before = await _api.GetEnvironmentAsync(Organisation, addon.Id, None);
        var plan = PlanOf("postgresql-addon", "m_med");

        var started = await _api.StartMigrationAsync(Organisation, addon.Id, new(plan, "par", "16"), () => true, None);
        var second = await Assert.ThrowsAsync<CleverApiException>(
            () => _api.StartMigrationAsync(Organisation, addon.Id, new(plan, "par", "16"), () => true, None));
        _clock.Advance(TimeSpan.FromSeconds(1));
        var running = await _api.FindMigrationAsync(Organisation, addon.Id, started.Id, None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var done = Assert.Single(await _api.ListMigrationsAsync(Organisation, addon.Id, None));

        Assert.Equal((MigrationStatus.Running, _clock.GetUtcNow().AddSeconds(-2)), (started.Status, started.RequestedAt));
        Assert.Equal((MigrationStatus.Running, "DUMP_AND_RESTORE"), (running!.Status, running.Step));
        Assert.Equal((started.Id, MigrationStatus.Done), (done.Id, done.Status));
        Assert.False(second.IsOutcomeUnknown);
        Assert.Equal("m_med", (await _api.FindAddonAsync(Organisation, addon.Id, None))!.Plan.Slug);
        Assert.NotEqual(before["POSTGRESQL_ADDON_HOST"], (await _api.GetEnvironmentAsync(Organisation, addon.Id, None))["POSTGRESQL_ADDON_HOST"]);
        Assert.Null(await _api.FindMigrationAsync(Organisation, addon.Id, "migration_missing", None));
    }

    [Fact]
    public async Task A_stopped_migration_is_aborted()
    {
        var addon = await CreateAsync("postgresql-addon", "s_sml");
        var started = await _api.StartMigrationAsync(Organisation, addon.Id, new(addon.Plan.Id, "par", "15"), () => true, None);

        Assert.True(await _api.AbortMigrationAsync(Organisation, addon.Id, started.Id, None));

        Assert.Equal(MigrationStatus.Aborted, (await _api.FindMigrationAsync(Organisation, addon.Id, started.Id, None))!.Status);
    }

    [Fact]
    public async Task A_downgrade_is_refused_in_the_APIs_words()
    {
        var addon = await CreateAsync("postgresql-addon", "s_sml");

        var refusal = await Assert.ThrowsAsync<CleverApiException>(
            () => _api.StartMigrationAsync(Organisation, addon.Id, new(addon.Plan.Id, "par", "13"), () => true, None));

        Assert.Contains("cannot be downgraded", refusal.Message, StringComparison.Ordinal);
        Assert.False(refusal.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData("keycloak", "base")]
    [InlineData("metabase", "base")]
    [InlineData("otoroshi", "base")]
    public async Task A_software_is_updated_to_the_latest_version(string provider, string slug)
    {
        var addon = await CreateAsync(provider, slug);
        var check = (await _api.CheckVersionAsync(addon, None))!;
        var latest = check.Latest!;

        await _api.UpdateVersionAsync(addon, latest, () => true, None);

        var detail = (await _api.FindDetailAsync(Organisation, addon, None))!;
        Assert.Equal((latest, true), (detail.Version, detail.AccessUrl?.StartsWith("https://", StringComparison.Ordinal)));
        Assert.Contains(latest, detail.AvailableVersions);
        Assert.False((await _api.CheckVersionAsync(addon, None))!.NeedsUpdate);
    }

    [Theory]
    [InlineData("postgresql-addon", "s_sml", "ACTIVE")]
    [InlineData("redis-addon", "s_mono", "ACTIVE")]
    [InlineData("kv", "base", "PROVISIONED")]
    [InlineData("cellar-addon", "S", "ACTIVE")]
    [InlineData("addon-pulsar", "beta", "ACTIVE")]
    public async Task Each_provider_tells_a_status(string provider, string slug, string status)
    {
        var addon = await CreateAsync(provider, slug);

        Assert.Equal(status, (await _api.FindDetailAsync(Organisation, addon, None))!.Status);
        Assert.Null(await _api.FindDetailAsync(Organisation, addon with { Id = "addon_missing", RealId = "missing" }, None));
    }

    [Fact]
    public async Task The_options_of_a_creation_can_be_read_back()
    {
        var addon = await CreateAsync("mysql-addon", "s_sml", new Dictionary<string, string> { ["do-backup"] = "true", ["encryption"] = "false" });

        var features = (await _api.FindDetailAsync(Organisation, addon, None))!.Features;

        Assert.Equal((true, false), (features["do-backup"], features["encryption"]));
    }

    [Fact]
    public async Task Tags_and_backups_are_read()
    {
        var addon = await CreateAsync("postgresql-addon", "s_sml");
        Assert.Empty(await _api.ListBackupsAsync(Organisation, addon.RealId, None));
        _clock.Advance(TimeSpan.FromHours(49));

        await _api.SetTagsAsync(Organisation, addon.Id, ["a"], None);
        Assert.Equal(["a", "b"], await _api.AddTagAsync(Organisation, addon.Id, "b", None));
        Assert.Equal(["b"], await _api.RemoveTagAsync(Organisation, addon.Id, "a", None));
        Assert.Equal(["b"], await _api.GetTagsAsync(Organisation, addon.Id, None));
        Assert.Equal(
            [_clock.GetUtcNow().AddHours(-25), _clock.GetUtcNow().AddHours(-1)],
            (await _api.ListBackupsAsync(Organisation, addon.RealId, None)).Select(backup => backup.CreatedAt!.Value).Order());
        Assert.Equal(_clock.GetUtcNow().AddHours(-49), addon.CreatedAt);
    }

    [Fact]
    public async Task Prices_are_found_for_plans_of_the_catalogue()
    {
        var catalogue = await _api.GetProvidersAsync(Organisation, None);
        var prices = await _api.GetPricesAsync(Organisation, "par", None);
        var plans = catalogue.Providers.Single(provider => provider.Id == "postgresql-addon").Plans;

        Assert.Equal(10m, Math.Round(prices.MonthlyOf(plans.Single(plan => plan.Slug == "xs_sml"))!.Value, 2));
        Assert.Null(prices.HourlyOf(plans.Single(plan => plan.Slug == "xxl_hug")));
        Assert.Contains("cellar.storage", prices.ByUse);
        Assert.True((await _api.GetPricesAsync(Account.Defaults[1].OrganisationId, "par", None)).ArePublic);
        Assert.Empty((await _api.GetPricesAsync(Organisation, "nowhere", None)).Hourly);
    }

    [Fact]
    public async Task The_end_of_the_token_is_told_until_it_comes()
    {
        _server.TokenLives.Set(Account.Defaults[0], _clock.GetUtcNow().AddMinutes(5));

        Assert.Equal(_clock.GetUtcNow().AddMinutes(5), await _api.GetTokenExpiryAsync(None));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("2001", (await Assert.ThrowsAsync<CleverApiException>(() => _api.GetTokenExpiryAsync(None))).ErrorId);
    }

    [Fact]
    public async Task A_webhook_hears_of_a_creation_and_is_deleted()
    {
        var posted = new TaskCompletionSource<string>();
        await using var receiver = await CleverServer.StartAsync(context =>
        {
            posted.TrySetResult(context.Request.Path);
            return Task.CompletedTask;
        });

        var webhook = await _api.CreateWebhookAsync(
            Organisation, new CleverWebhookRequest("operator", new Uri(receiver.Endpoint, "/hooks/1"), ["ADDON_CREATION", "ADDON_DELETION"]), None);
        await CreateAsync("redis-addon", "dev");

        Assert.Equal("/hooks/1", await posted.Task.WaitAsync(TimeSpan.FromSeconds(30), None));
        Assert.Equal(webhook.Id, Assert.Single(await _api.ListWebhooksAsync(Organisation, None)).Id);
        Assert.True(await _api.DeleteWebhookAsync(Organisation, webhook.Id, None));
        Assert.False(await _api.DeleteWebhookAsync(Organisation, webhook.Id, None));
        Assert.Empty(await _api.ListWebhooksAsync(Organisation, None));
    }

    [Fact]
    public async Task A_cluster_is_found_and_its_kubeconfig_asked_for_once()
    {
        var cluster = _server.Clusters.Create(Organisation, new() { ["name"] = "prod", ["tags"] = new System.Text.Json.Nodes.JsonArray("team:a") });

        var found = Assert.Single(await _api.ListClustersAsync(Organisation, None));
        var kubeconfig = await _api.GetKubeconfigAsync(Organisation, found.Id, None);

        Assert.Equal((cluster.Id, "prod", "ACTIVE", "par"), (found.Id, found.Name, found.Status, found.Region));
        Assert.Equal(["team:a"], found.Tags);
        Assert.Contains("client-certificate-data: ", kubeconfig, StringComparison.Ordinal);
        Assert.Equal(1, _server.Clusters.KubeconfigCalls(cluster.Id));
    }

    private Task<CleverAddon> CreateAsync(string provider, string slug, IReadOnlyDictionary<string, string>? options = null) => _api.CreateAddonAsync(
        Organisation, new CleverAddonRequest("test", "par", provider, PlanOf(provider, slug), options ?? new Dictionary<string, string>()), () => true, None);

    private string PlanOf(string provider, string slug) => _server.Catalogue.Find(provider)!.Plans.Single(plan => plan.Slug == slug).Id;
}
