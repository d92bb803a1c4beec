using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Tests.Addons;

public sealed class AddonKindTests
{
    [Theory]
    [InlineData("postgresqls", "kubernetes::PostgreSql::u", "api.clever-cloud.com/postgresql")]
    [InlineData("elasticsearches", "kubernetes::ElasticSearch::u", "api.clever-cloud.com/elasticsearch")]
    [InlineData("kvs", "kubernetes::KV::u", "api.clever-cloud.com/materia-kv")]
    [InlineData("configproviders", "kubernetes::ConfigProvider::u", "api.clever-cloud.com/config-provider")]
    [InlineData("fsbuckets", "kubernetes::FSBucket::u", "api.clever-cloud.com/fs-bucket")]
    [InlineData("jenkins", "kubernetes::Jenkins::u", "api.clever-cloud.com/jenkins")]
    [InlineData("keycloaks", "kubernetes::Keycloak::u", "api.clever-cloud.com/keycloak")]
    public void Add_on_names_and_finalizers_are_the_reference_operator_s(string plural, string addonName, string finalizer)
    {
        var kind = AddonCatalog.ByPlural(plural)!;
        Assert.Equal(addonName, AddonName.Bare(kind.NameInAddons, "u"));
        Assert.Equal(finalizer, kind.Finalizer);
    }

    [Fact]
    public void There_are_sixteen_kinds_in_alphabetical_order_and_no_name_means_two()
    {
        Assert.Equal(16, AddonCatalog.All.Count);
        Assert.Equal(AddonCatalog.All.Select(kind => kind.Name).Order(StringComparer.OrdinalIgnoreCase), AddonCatalog.All.Select(kind => kind.Name));
        var names = AddonCatalog.All.SelectMany(kind => kind.ShortNames.Append(kind.Plural).Append(kind.Singular).Distinct()).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(16, AddonCatalog.All.Select(kind => kind.ProviderId).Distinct().Count());
    }

    [Theory]
    [InlineData("PostgreSQL", "postgresqls")]
    [InlineData("postgresql", "postgresqls")]
    [InlineData("POSTGRESQLS", "postgresqls")]
    [InlineData("pg", "postgresqls")]
    [InlineData("ElasticSearch", "elasticsearches")]
    [InlineData("materia-kv", "kvs")]
    [InlineData("fs-bucket", "fsbuckets")]
    public void A_kind_is_found_by_any_of_its_names(string name, string plural) =>
        Assert.Equal(plural, AddonCatalog.Find(name)?.Plural);

    [Theory]
    [InlineData("")]
    [InlineData("postgres-ql")]
    [InlineData("Secret")]
    public void An_unknown_name_finds_nothing(string name) => Assert.Null(AddonCatalog.Find(name));
}
