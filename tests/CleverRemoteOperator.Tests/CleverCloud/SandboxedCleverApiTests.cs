using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Sandbox.CleverApi;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.CleverApi.Control;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.CleverCloud;

/// <summary>The client on the sandbox's Clever API, which checks signatures strictly.</summary>
public sealed class SandboxedCleverApiTests : IAsyncLifetime
{
    private const string AddonsRoute = "/v2/organisations/{id}/addons";

    private static readonly string Organisation = Account.Defaults[0].OrganisationId;

    private CleverApiServer _server = null!;
    private CleverApiFactory _factory = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await CleverApiServer.StartAsync(new CleverApiServerOptions { StrictSigning = true });
        _factory = new CleverApiFactory(
            new CleverApiOptions(), [_server.Address], TimeProvider.System, () => 0.5, (_, _, _, _) => { }, NullLogger<CleverApi>.Instance);
    }

    public ValueTask DisposeAsync()
    {
        _factory.Dispose();
        return _server.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_addon_lives_from_creation_to_deletion(bool isBearer)
    {
        var api = Client(Account.Defaults[0], isBearer);
        var request = await RequestAsync(api, "postgresql-addon", "S", "15");

        var created = await api.CreateAddonAsync(Organisation, request, () => true, CancellationToken.None);
        var found = await api.FindAddonAsync(Organisation, created.Id, CancellationToken.None);
        var listed = Assert.Single(await api.ListAddonsAsync(Organisation, CancellationToken.None));
        var environment = await api.GetEnvironmentAsync(Organisation, created.Id, CancellationToken.None);

        Assert.Equal((created.Id, created.RealId, request.Name, "par", "postgresql-addon", request.Plan), Told(found!));
        Assert.Equal(Told(found!), Told(listed));
        Assert.StartsWith("postgresql://", environment["POSTGRESQL_ADDON_URI"], StringComparison.Ordinal);
        Assert.True(await api.DeleteAddonAsync(Organisation, created.Id, CancellationToken.None));
        Assert.False(await api.DeleteAddonAsync(Organisation, created.Id, CancellationToken.None));
        Assert.Null(await api.FindAddonAsync(Organisation, created.Id, CancellationToken.None));
        Assert.Empty(await api.ListAddonsAsync(Organisation, CancellationToken.None));
    }

    [Fact]
    public async Task An_addon_gets_another_name_and_keeps_the_rest()
    {
        var api = Client(Account.Defaults[0]);
        var created = await api.CreateAddonAsync(Organisation, await RequestAsync(api, "redis-addon", "dev", null), () => true, CancellationToken.None);

        var renamed = await api.RenameAddonAsync(Organisation, created.Id, "kubernetes::Redis::1::paris/shop/cache", CancellationToken.None);

        Assert.Equal(Told(created with { Name = "kubernetes::Redis::1::paris/shop/cache" }), Told(renamed));
        Assert.Equal(Told(renamed), Told(Assert.Single(await api.ListAddonsAsync(Organisation, CancellationToken.None))));
        Assert.True((await Assert.ThrowsAsync<CleverApiException>(
            () => api.RenameAddonAsync(Organisation, "addon_missing", "x", CancellationToken.None))).IsNotFound);
    }

    [Fact]
    public async Task The_personal_space_is_an_organisation_too()
    {
        var api = Client(Account.Defaults[0]);
        var account = (await api.GetAccountIdAsync(CancellationToken.None))!;

        Assert.Equal(Account.Defaults[0].UserId, account);
        Assert.Empty(await api.ListAddonsAsync(account, CancellationToken.None));
    }

    [Fact]
    public async Task Variables_of_a_configuration_provider_are_written_and_read()
    {
        var api = Client(Account.Defaults[0]);
        var addon = await api.CreateAddonAsync(Organisation, await RequestAsync(api, "config-provider", "std", null), () => true, CancellationToken.None);
        var variables = new Dictionary<string, string> { ["NAME"] = "é \"quoted\"\n", ["EMPTY"] = "" };

        await api.SetVariablesAsync(addon.RealId, variables, CancellationToken.None);

        Assert.Equal(variables, await api.GetVariablesAsync(addon.RealId, CancellationToken.None));
        Assert.Equal(variables, await api.GetEnvironmentAsync(Organisation, addon.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_wrong_secret_is_401_and_somebody_elses_organisation_403()
    {
        var wrong = Client(Account.Defaults[0] with { Secret = "wrong-secret-value" });

        var unauthorized = await Assert.ThrowsAsync<CleverApiException>(() => wrong.ListAddonsAsync(Organisation, CancellationToken.None));
        var forbidden = await Assert.ThrowsAsync<CleverApiException>(
            () => Client(Account.Defaults[1]).ListAddonsAsync(Organisation, CancellationToken.None));

        Assert.Equal((HttpStatusCode.Unauthorized, "2001", false), (unauthorized.Status!.Value, unauthorized.ErrorId, unauthorized.CanRetry));
        Assert.Equal((HttpStatusCode.Forbidden, false, false), (forbidden.Status!.Value, forbidden.CanRetry, forbidden.IsRateLimit));
    }

    [Theory]
    [InlineData(FaultRule.DropBefore, 0)]
    [InlineData(FaultRule.DropAfter, 1)]
    public async Task A_dropped_creation_is_unknown_and_only_the_list_tells(string drop, int addons)
    {
        var api = Client(Account.Defaults[0]);
        var request = await RequestAsync(api, "redis-addon", "dev", null);
        _server.Faults.Set(new FaultRule { Method = "POST", Route = AddonsRoute, Times = 1, Drop = drop });

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => api.CreateAddonAsync(Organisation, request, () => true, CancellationToken.None));

        Assert.True(failure.IsOutcomeUnknown);
        Assert.Equal(addons, (await api.ListAddonsAsync(Organisation, CancellationToken.None)).Count(addon => addon.Name == request.Name));
        Assert.Equal(1, _server.RequestCounts.Of("POST", AddonsRoute));
    }

    [Fact]
    public async Task A_deletion_whose_answer_is_lost_ends_as_already_gone()
    {
        var api = Client(Account.Defaults[0]);
        var addon = await api.CreateAddonAsync(Organisation, await RequestAsync(api, "cellar-addon", "S", null), () => true, CancellationToken.None);
        _server.Faults.Set(new FaultRule { Method = "DELETE", Times = 1, Drop = FaultRule.DropAfter });

        Assert.False(await api.DeleteAddonAsync(Organisation, addon.Id, CancellationToken.None));
        Assert.Empty(await api.ListAddonsAsync(Organisation, CancellationToken.None));
    }

    [Theory]
    [InlineData("postgresql-addon", "S", "14", "s_sml", "14")]
    [InlineData("mysql-addon", "xs", "84", "xs_tny", "8.4")]
    [InlineData("redis-addon", "dev", "704", "dev", "7.0.4")]
    [InlineData("es-addon", "XXXXL", "8", "4xl", "8")]
    [InlineData("mongodb-addon", "m_BIG", "403", "M_big", "4.0.3")]
    public async Task The_sandbox_catalogue_resolves(string provider, string plan, string version, string slug, string resolved)
    {
        var api = Client(Account.Defaults[0]);

        var resolution = CatalogueResolver.Resolve(
            new(provider, plan, "par", version),
            await api.GetProvidersAsync(Organisation, CancellationToken.None), await api.GetVersionsAsync(provider, CancellationToken.None));

        Assert.Equal((slug, resolved), (resolution.Addon?.Plan, resolution.Addon?.Version));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task An_organisation_gets_what_is_sold_to_it_alone_and_a_personal_space_does_not(bool isOrganisation, bool isPrivate)
    {
        var owner = isOrganisation ? Organisation : Account.Defaults[0].UserId;
        var api = Client(Account.Defaults[0]);

        var catalogue = await api.GetProvidersAsync(owner, CancellationToken.None);
        var resolution = CatalogueResolver.Resolve(new("postgresql-addon", "private_big", "private-par", null), catalogue, null);

        Assert.Null(catalogue.PublicBecause);
        Assert.Equal(isPrivate, resolution.Addon is not null);
        if (resolution.Addon is { } addon)
        {
            var created = await api.CreateAddonAsync(
                owner, new("mine", addon.Region, "postgresql-addon", addon.PlanId, new Dictionary<string, string>()), () => true, CancellationToken.None);
            Assert.Equal(("private-par", "private_big"), (created.Region, created.Plan.Slug));
        }
    }

    [Fact]
    public async Task An_organisations_catalogue_that_may_not_be_read_is_the_public_one_and_says_so()
    {
        var other = await Client(Account.Defaults[0]).GetProvidersAsync(Account.Defaults[1].OrganisationId, CancellationToken.None);
        var unknown = await Client(Account.Defaults[0]).GetProvidersAsync("orga_unknown", CancellationToken.None);

        Assert.DoesNotContain("private-par", other.Providers.SelectMany(provider => provider.Regions));
        Assert.NotEmpty(other.Providers);
        Assert.Contains("403", other.PublicBecause, StringComparison.Ordinal);
        Assert.Contains("404", unknown.PublicBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_without_published_versions_has_none() =>
        Assert.Null(await Client(Account.Defaults[0]).GetVersionsAsync("cellar-addon", CancellationToken.None));

    private static (string, string, string?, string, string, string) Told(CleverAddon addon) =>
        (addon.Id, addon.RealId, addon.Name, addon.Region, addon.ProviderId, addon.Plan.Id);

    private static async Task<CleverAddonRequest> RequestAsync(ICleverApi api, string provider, string plan, string? version)
    {
        var addon = CatalogueResolver.Resolve(new(provider, plan, "par", null), await api.GetProvidersAsync(Organisation, CancellationToken.None), null).Addon!;
        var options = version is null ? [] : new Dictionary<string, string> { ["version"] = version };
        return new CleverAddonRequest($"kubernetes::Test::{provider}", addon.Region, provider, addon.PlanId, options);
    }

    private ICleverApi Client(Account account, bool isBearer = false) => _factory.For(isBearer
        ? new CleverCredentials(_server.Address, account.Bearer, null, null, null, null)
        : new CleverCredentials(
            _server.Address, account.Token, account.Secret,
            "T5nFjKeHH4AIlEveuGhB5S3xg8T19e", "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", null));
}
