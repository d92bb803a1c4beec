using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Products;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class ProductCatalogueTests
{
    private static readonly ProductCatalogue Catalogue = ProductCatalogue.Load();

    public static TheoryData<string> Providers { get; } = new(Catalogue.Providers.Select(provider => provider.Id));

    [Theory]
    [InlineData("postgresql-addon", "s_sml", "14")]
    [InlineData("postgresql-addon", "s_sml", "13")]
    [InlineData("redis-addon", "dev", "7.0.4")]
    [InlineData("redis-addon", "s_mono", "7.2.4")]
    [InlineData("mysql-addon", "s_sml", "8.0")]
    [InlineData("mongodb-addon", "xs_sml", "4.0.3")]
    [InlineData("es-addon", "xs", "8")]
    public void What_users_manifests_ask_for_is_sold_in_Paris(string providerId, string slug, string version)
    {
        var provider = Catalogue.Find(providerId)!;
        var plan = Assert.Single(provider.Plans, plan => plan.Slug == slug);

        Assert.Equal(version, AddonRequest.ChooseVersion(provider, plan, "par", version));
        Assert.Contains("par", provider.ZonesOf(plan));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_larger_size_costs_more_and_plan_ids_are_unique(string providerId)
    {
        string[] sizes = ["dev", "xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "4xl", "5xl"];
        var provider = Catalogue.Find(providerId)!;
        var cheapest = provider.Plans.GroupBy(plan => plan.Slug.ToLowerInvariant().Split('_')[0])
            .Where(group => sizes.Contains(group.Key))
            .OrderBy(group => Array.IndexOf(sizes, group.Key))
            .Select(group => group.Min(plan => plan.Price))
            .ToList();

        Assert.Equal(cheapest.Order().Distinct(), cheapest);
        Assert.Distinct(Catalogue.Providers.SelectMany(other => other.Plans).Select(plan => plan.Id));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_plan_of_a_provider_with_versions_has_a_type(string providerId)
    {
        var provider = Catalogue.Find(providerId)!;
        if (provider.Versions is null)
        {
            return;
        }

        Assert.All(provider.Plans, plan => Assert.Contains(
            ProductDocuments.Of(provider, plan)["features"]!.AsArray(),
            feature => string.Equals((string?)feature!["name"], "type", StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(provider.Versions.Default, provider.Versions.Dedicated);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Every_provider_creates_an_add_on_with_environment_and_detail(string providerId)
    {
        await using var api = await SandboxApi.StartAsync();
        var provider = Catalogue.Find(providerId)!;
        var addon = await api.CreateAsync(providerId, provider.Plans[0].Slug, provider.ZonesOf(provider.Plans[0])[0]);
        var environment = await api.EnvironmentAsync(addon);

        Assert.StartsWith(provider.RealIdPrefix, (string?)addon["realId"], StringComparison.Ordinal);
        Assert.Equal(provider.Environment.Where(entry => entry.When is null).Select(entry => entry.Name).Order(), environment.Keys.Order());
        Assert.All(environment.Values, value => Assert.DoesNotContain("{", value, StringComparison.Ordinal));
        if (provider.DetailPath is { } segment)
        {
            var id = provider.DetailId == "real" ? addon["realId"] : addon["id"];
            var detail = (await api.GetAsync($"/v4/addon-providers/{segment}/addons/{id}")).ToJsonString();
            Assert.DoesNotMatch(@"\{[a-zA-Z]+(:[a-z-]+)?\}", detail);
        }
    }
}
