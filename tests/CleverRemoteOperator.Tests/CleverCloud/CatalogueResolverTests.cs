using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Catalogue;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CatalogueResolverTests
{
    private static readonly CleverProvider Provider = new("postgresql-addon", "PostgreSQL", ["mtl", "par"],
    [
        Plan("dev", "DEV", 0, isShared: true),
        Plan("xs_sml", "XS Small Space", 10),
        Plan("xs_tny", "XS Tiny Space", 8),
        Plan("s_med", "S Medium Space", 30),
        Plan("s_sml", "S Small Space", 20),
        Plan("s_hug", "S Huge Space", 5, zones: ["syd"]),
        Plan("M_big", "M Big Space", 60),
        Plan("xxxxl", "4XL", 900),
        Plan("2xl_sml", "2XL Small Space", 500),
    ]);

    private static readonly CleverProviderVersions Versions = new(
        ["7.0.4", "8.0", "8.4", "14"], new Dictionary<string, string> { ["par"] = "7.2.4" }, "8.4");

    [Theory]
    [InlineData("s_sml", "s_sml")]
    [InlineData("S_SML", "s_sml")]
    [InlineData("m_big", "M_big")]
    [InlineData("s small space", "s_sml")]
    [InlineData("PLAN_s_sml", "s_sml")]
    [InlineData("dev", "dev")]
    [InlineData("S", "s_sml")]
    [InlineData("xs", "xs_tny")]
    [InlineData("m", "M_big")]
    [InlineData("4XL", "xxxxl")]
    [InlineData("XXL", "2xl_sml")]
    public void A_plan_is_found_by_slug_name_id_or_size(string asked, string slug)
    {
        var addon = Resolve(asked, "par", null).Addon;

        Assert.Equal(($"plan_{slug}", slug), (addon?.PlanId, addon?.Plan));
    }

    [Fact]
    public void A_size_is_taken_where_it_is_offered() => Assert.Equal("s_hug", Resolve("S", "SYD", null).Addon?.Plan);

    [Theory]
    [InlineData("xxs")]
    [InlineData("s_")]
    [InlineData("L")]
    [InlineData("")]
    public void An_unknown_plan_fails_with_those_there_are(string asked)
    {
        var resolution = Resolve(asked, "par", null);

        Assert.Equal((null, "PlanNotAvailable"), (resolution.Addon, resolution.Reason));
        Assert.Equal(
            $"postgresql-addon has no plan \"{asked}\"; available: dev, xs_sml, xs_tny, s_med, s_sml, s_hug, M_big, xxxxl, 2xl_sml",
            resolution.Message);
    }

    [Fact]
    public void An_id_the_catalogue_does_not_list_is_sent_as_it_is()
    {
        Assert.Equal(new ResolvedAddon("plan_unlisted", "plan_unlisted", "xyz", "7.0.4"), Resolve("plan_unlisted", "xyz", "704").Addon);
        Assert.Equal("99", Resolve("plan_unlisted", "xyz", "99").Addon?.Version);
        Assert.Equal("plan_1", CatalogueResolver.Resolve(new("azimutt", "plan_1", "par", null), new([Provider], null), null).Addon?.PlanId);
    }

    [Fact]
    public void A_provider_the_catalogue_does_not_list_has_no_plan()
    {
        var resolution = CatalogueResolver.Resolve(new("azimutt", "free", "par", null), new([Provider], null), null);

        Assert.Equal(("PlanNotAvailable", "azimutt has no plan \"free\"; available: none"), (resolution.Reason, resolution.Message));
    }

    [Theory]
    [InlineData("s_sml", "PAR", "par")]
    [InlineData("s_hug", "syd", "syd")]
    public void A_region_is_that_of_the_plan_or_else_of_its_provider(string plan, string asked, string region) =>
        Assert.Equal(region, Resolve(plan, asked, null).Addon?.Region);

    [Theory]
    [InlineData("s_sml", "mars", "mtl, par")]
    [InlineData("s_hug", "par", "syd")]
    public void A_region_without_the_plan_fails_with_those_that_have_it(string plan, string asked, string available)
    {
        var resolution = Resolve(plan, asked, null);

        Assert.Equal("RegionNotAvailable", resolution.Reason);
        Assert.Equal($"plan {plan} is not available in region \"{asked}\"; available: {available}", resolution.Message);
    }

    [Theory]
    [InlineData("s_sml", "704", "7.0.4")]
    [InlineData("s_sml", "7.0.4", "7.0.4")]
    [InlineData("s_sml", "14", "14")]
    [InlineData("s_sml", "84", "8.4")]
    [InlineData("s_sml", null, "8.4")]
    [InlineData("dev", "724", "7.2.4")]
    [InlineData("dev", null, "7.2.4")]
    public void A_version_is_written_as_the_api_does(string plan, string? asked, string version) =>
        Assert.Equal(version, Resolve(plan, "par", asked).Addon?.Version);

    [Theory]
    [InlineData("s_sml", "724", "plan s_sml has no version \"724\"; available: 7.0.4, 8.0, 8.4, 14")]
    [InlineData("dev", "14", "plan dev has no version \"14\" in region par; available: 7.2.4")]
    public void A_version_that_is_not_offered_fails_with_those_that_are(string plan, string asked, string message)
    {
        var resolution = Resolve(plan, "par", asked);

        Assert.Equal(("VersionNotAvailable", message), (resolution.Reason, resolution.Message));
    }

    [Fact]
    public void What_is_not_known_of_versions_is_sent_as_written()
    {
        Assert.Equal("704", CatalogueResolver.Resolve(new("postgresql-addon", "s_sml", "par", "704"), new([Provider], null), null).Addon?.Version);
        Assert.Null(CatalogueResolver.Resolve(new("postgresql-addon", "s_sml", "par", null), new([Provider], null), null).Addon?.Version);
        Assert.Equal("704", Resolve("dev", "mtl", "704").Addon?.Version);
    }

    [Fact]
    public void A_message_stays_short_and_on_one_line()
    {
        var many = Provider with { Plans = [.. Enumerable.Range(0, 5000).Select(i => Plan($"plan\n{i}", $"{i}", i))] };

        var message = CatalogueResolver.Resolve(new("postgresql-addon", new string('x', 9000), "par", null), new([many], null), null).Message;

        Assert.InRange(message.Length, 400, 600);
        Assert.EndsWith(" more", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("private", "par")]
    [InlineData("s_sml", "private-par")]
    public void What_only_the_public_catalogue_lacks_is_told_with_the_reason(string plan, string region)
    {
        var catalogue = new CleverCatalogue([Provider], "403 Forbidden: not yours");

        var message = CatalogueResolver.Resolve(new("postgresql-addon", plan, region, null), catalogue, null).Message;

        Assert.EndsWith(
            "; cannot read the organisation's private plans and regions: 403 Forbidden: not yours", message, StringComparison.Ordinal);
        Assert.DoesNotContain("private plans", Resolve(plan, region, null).Message, StringComparison.Ordinal);
    }

    private static Resolution Resolve(string plan, string region, string? version) =>
        CatalogueResolver.Resolve(new("postgresql-addon", plan, region, version), new([Provider], null), Versions);

    private static CleverPlan Plan(string slug, string name, double price, bool isShared = false, IReadOnlyList<string>? zones = null) =>
        new($"plan_{slug}", slug, name, price, zones ?? [], isShared);
}
