using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Secrets;

namespace CleverRemoteOperator.Tests.Addons.Secrets;

public sealed class SecretContentTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["POSTGRESQL_ADDON_HOST"] = "b1-postgresql.services.clever-cloud.com",
        ["POSTGRESQL_ADDON_PORT"] = "6388",
        ["POSTGRESQL_ADDON_DB"] = "b1",
        ["POSTGRESQL_ADDON_USER"] = "u1",
        ["POSTGRESQL_ADDON_PASSWORD"] = "p/1",
        ["POSTGRESQL_ADDON_URI"] = "postgresql://u1:p%2F1@b1-postgresql.services.clever-cloud.com:6388/b1",
    };

    [Fact]
    public void Without_a_word_it_is_the_environment() => Assert.Same(Environment, Of("{}").Entries);

    [Fact]
    public void A_prefix_stands_before_the_add_on_s_own_names_and_no_others() => Assert.Equal(
        ["PG_POSTGRESQL_ADDON_DB", "URL"],
        Of("""{"keyPrefix":"PG_","keys":{"URL":"POSTGRESQL_ADDON_URI"},"only":["URL","PG_POSTGRESQL_ADDON_DB"]}""").Entries.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Keys_come_in_addition_or_in_place_of_the_add_on_s()
    {
        var entries = Of("""{"keys":{"DSN":"$(POSTGRESQL_ADDON_USER):$(POSTGRESQL_ADDON_PASSWORD|uri)@","POSTGRESQL_ADDON_URI":"$(POSTGRESQL_ADDON_URI)?sslmode=require"}}""").Entries;

        Assert.Equal(7, entries.Count);
        Assert.Equal("u1:p%2F1@", entries["DSN"]);
        Assert.Equal(Environment["POSTGRESQL_ADDON_URI"] + "?sslmode=require", entries["POSTGRESQL_ADDON_URI"]);
    }

    [Fact]
    public void Only_the_keys_that_are_named_are_published() =>
        Assert.Equal("POSTGRESQL_ADDON_DB=b1", Line(Of("""{"only":["POSTGRESQL_ADDON_DB"]}""")));

    [Fact]
    public void Both_adds_the_entries_of_the_Service_Binding_specification() => Assert.Equal(
        "database=b1 host=b1-postgresql.services.clever-cloud.com password=p/1 port=6388 provider=clever-cloud type=postgresql "
        + "uri=postgresql://u1:p%2F1@b1-postgresql.services.clever-cloud.com:6388/b1 username=u1",
        Line(new(Of("""{"format":"Both"}""").Entries.Where(entry => !Environment.ContainsKey(entry.Key)).ToDictionary(), [])));

    [Fact]
    public void The_well_known_names_may_stand_in_templates_also_where_they_are_not_published() =>
        Assert.Equal("AT=u1@b1", Line(Of("""{"keys":{"AT":"$(username)@$(database)"},"only":["AT"]}""")));

    [Theory]
    [InlineData("""{"keys":{"URL":"$(POSTGRESQL_ADDON_URL)"}}""", "spec.secret.keys.URL names POSTGRESQL_ADDON_URL, which the add-on does not give; did you mean POSTGRESQL_ADDON_URI?")]
    [InlineData("""{"keys":{"URL":"$(TOKEN)"}}""", "spec.secret.keys.URL names TOKEN, which the add-on does not give; allowed: POSTGRESQL_ADDON_DB, POSTGRESQL_ADDON_HOST, ")]
    [InlineData("""{"only":["POSTGRESQL_ADDON_DB","DB"],"keyPrefix":"X_"}""", "spec.secret.only names POSTGRESQL_ADDON_DB, which the Secret would not have; did you mean X_POSTGRESQL_ADDON_DB?")]
    public void A_name_that_is_not_there_is_told_and_nothing_is_published(string secret, string expected)
    {
        var content = Of(secret);

        Assert.StartsWith(expected, content.Mistakes[0]);
        Assert.Empty(content.Entries);
        Assert.DoesNotContain(content.Mistakes, mistake => Environment.Values.Any(value => value.Length > 2 && mistake.Contains(value, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("PostgreSQL", "POSTGRESQL_ADDON_PORT", "0", "port")]
    [InlineData("PostgreSQL", "POSTGRESQL_ADDON_PORT", "6388 ", "port")]
    [InlineData("PostgreSQL", "POSTGRESQL_ADDON_HOST", "no host", "host")]
    [InlineData("PostgreSQL", "POSTGRESQL_ADDON_URI", "b1/6388", "uri")]
    [InlineData("PostgreSQL", "POSTGRESQL_ADDON_USER", "", "username")]
    public void What_is_not_what_the_specification_asks_for_is_left_out(string kind, string variable, string value, string entry)
    {
        var environment = new Dictionary<string, string>(Environment);
        Assert.Contains(entry, Kind(kind).Binding.EntriesOf(environment).Keys);
        environment[variable] = value;

        Assert.DoesNotContain(entry, Kind(kind).Binding.EntriesOf(environment).Keys);
    }

    [Fact]
    public void A_variable_of_a_configuration_provider_goes_before_an_entry_of_that_name()
    {
        var content = SecretContent.Of(Kind("ConfigProvider"), Shape("""{"format":"Both"}"""), new Dictionary<string, string> { ["type"] = "mine" });

        Assert.Equal("provider=clever-cloud type=mine", Line(content));
    }

    [Fact]
    public void Every_kind_has_a_type() =>
        Assert.All(AddonCatalog.All, kind => Assert.Matches("^[a-z][a-z0-9-]*$", kind.Binding.EntriesOf(new Dictionary<string, string>())["type"]));

    private static SecretContent Of(string secret) => SecretContent.Of(Kind("PostgreSQL"), Shape(secret), Environment);

    private static AddonKind Kind(string name) => AddonCatalog.All.Single(kind => kind.Name == name);

    private static SecretShape Shape(string secret)
    {
        List<string> mistakes = [];
        var shape = SecretShapeReader.Read(new SpecSection(JsonNode.Parse($$"""{"secret":{{secret}}}""")!.AsObject(), "spec", mistakes), mistakes);
        Assert.Empty(mistakes);
        return shape;
    }

    private static string Line(SecretContent content) =>
        string.Join(' ', content.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"));
}
