using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Tests.Addons;

public sealed class AddonSpecReaderTests
{
    [Fact]
    public void The_product_page_s_PostgreSQL_is_flat()
    {
        var spec = Good("PostgreSQL", """{"version":"14","plan":"S","region":"par","encryption":true}""");
        Assert.Equal((SpecLayout.Flat, null, "S", "par", "14"), (spec.Layout, spec.Organisation, spec.Plan, spec.Region, spec.Version));
        Assert.Equal("true", Assert.Single(spec.Options, option => option.Key == "encryption").Value);
    }

    [Fact]
    public void The_reference_operator_s_Elasticsearch_is_nested()
    {
        var spec = Good("ElasticSearch", """
            {"organisation":"orga_1","options":{"version":8,"encryption":false,"kibana":true,"apm":false},"instance":{"region":"par","plan":"plan_0e0b"}}
            """);
        Assert.Equal((SpecLayout.Nested, "orga_1", "plan_0e0b", "par", "8"), (spec.Layout, spec.Organisation, spec.Plan, spec.Region, spec.Version));
        Assert.Equal(2, spec.Options.Count);
        Assert.Equal("false", spec.Options["encryption"]);
        Assert.Equal("""[{"name":"kibana","enabled":true},{"name":"apm","enabled":false}]""", spec.Options["services"]);
    }

    [Fact]
    public void Flags_left_out_are_sent_as_false()
    {
        var spec = Good("Elasticsearch", """{"plan":"xs","region":"par"}""");
        Assert.Equal("false", spec.Options["encryption"]);
        Assert.Equal("""[{"name":"kibana","enabled":false},{"name":"apm","enabled":false}]""", spec.Options["services"]);
        Assert.Null(spec.Version);
    }

    [Theory]
    [InlineData("""{"instance":{"region":"par","plan":"base"}}""", nameof(SpecLayout.Nested))]
    [InlineData("""{"options":{},"instance":{"region":"par","plan":"base"}}""", nameof(SpecLayout.Nested))]
    [InlineData("""{"instance":null,"options":null,"plan":"base","region":"par"}""", nameof(SpecLayout.Flat))]
    public void Options_may_be_left_out_and_null_is_absent(string spec, string layout)
    {
        var read = Good("Keycloak", spec);
        Assert.Equal((layout, "base", 0), (read.Layout.ToString(), read.Plan, read.Options.Count));
    }

    [Theory]
    [InlineData("\"7.0.4\"", "7.0.4")]
    [InlineData("\"704\"", "704")]
    [InlineData("704", "704")]
    public void A_version_is_text_or_a_whole_number(string version, string read) =>
        Assert.Equal(read, Good("Redis", $$"""{"version":{{version}},"plan":"s","region":"par"}""").Version);

    [Fact]
    public void Kinds_with_one_plan_need_the_region_only()
    {
        var spec = Good("KV", """{"region":"par"}""");
        Assert.Equal((null, "par"), (spec.Plan, spec.Region));
    }

    [Fact]
    public void A_ConfigProvider_is_its_variables_and_counts_as_nested()
    {
        var spec = Good("ConfigProvider", """{"organisation":"orga_1","variables":{"region":"par","A_B.c-1":""}}""");
        Assert.Equal(SpecLayout.Nested, spec.Layout);
        Assert.Equal(["region=par", "A_B.c-1="], spec.Variables.Select(variable => $"{variable.Key}={variable.Value}"));
    }

    [Theory]
    [InlineData("{}", "spec.plan is missing", "spec.region is missing")]
    [InlineData("""{"options":{"version":14}}""", "spec.instance.plan is missing", "spec.instance.region is missing")]
    [InlineData("""{"instance":[],"plan":null}""", "spec.instance is a list; allowed: an object with plan and region", "spec.instance.plan is missing", "spec.instance.region is missing")]
    [InlineData("""{"plan":"S","region":"par","encryption":"yes"}""", "spec.encryption is \"yes\"; allowed: true or false")]
    [InlineData("""{"plan":"S","region":"par","version":8.4}""", "spec.version is 8.4; allowed: text or whole number")]
    [InlineData("""{"plan":"S","region":"par","version":true}""", "spec.version is true")]
    [InlineData("""{"plan":7,"region":"","organisation":"../x"}""", "spec.organisation is \"../x\"", "spec.plan is 7", "spec.region is \"\"")]
    [InlineData("""{"plan":"S","region":"par","instance":{}}""", "spec has plan, region beside instance or options; allowed: one layout")]
    [InlineData("""{"plan":" S","region":"p\nr"}""", "spec.plan is \" S\"", "spec.region is \"p\\nr\"")]
    public void Every_mistake_says_field_value_and_what_is_allowed(string spec, params string[] starts)
    {
        var mistakes = Mistakes("PostgreSQL", spec);
        Assert.Equal(starts.Length, mistakes.Count);
        Assert.All(starts.Zip(mistakes), pair => Assert.StartsWith(pair.First, pair.Second));
        Assert.All(mistakes, mistake => Assert.Contains("; allowed: ", mistake));
    }

    [Theory]
    [InlineData("{}", "spec.variables is missing")]
    [InlineData("""{"variables":"A=1"}""", "spec.variables is \"A=1\"; allowed: an object")]
    [InlineData("""{"variables":{"A":8080}}""", "spec.variables.A is a number; allowed: a string")]
    [InlineData("""{"variables":{"A":null}}""", "spec.variables.A is empty; allowed: a string")]
    [InlineData("""{"variables":{"A B":"1"}}""", "spec.variables has the name \"A B\"; allowed: letters")]
    [InlineData("""{"variables":{"..":"1"}}""", "spec.variables has the name \"..\"")]
    public void Variables_are_texts_under_names_a_Secret_can_hold(string spec, string start) =>
        Assert.StartsWith(start, Assert.Single(Mistakes("ConfigProvider", spec)));

    [Fact]
    public void Values_of_variables_are_never_shown() =>
        Assert.DoesNotContain("4242", Assert.Single(Mistakes("ConfigProvider", """{"variables":{"PIN":4242}}""")));

    [Fact]
    public void Variables_beyond_what_a_Secret_holds_are_refused()
    {
        var variables = new JsonObject { ["A"] = new string('x', 1_000_001) };
        Assert.Contains("too large", Assert.Single(Mistakes("ConfigProvider", new JsonObject { ["variables"] = variables })));
    }

    [Fact]
    public void Many_and_long_mistakes_stay_readable()
    {
        var variables = new JsonObject(Enumerable.Range(0, 5000).Select(n => KeyValuePair.Create<string, JsonNode?>($"A{n}", n)));
        var mistakes = Mistakes("ConfigProvider", new JsonObject { ["variables"] = variables });
        Assert.Equal((21, "and 4980 more mistakes"), (mistakes.Count, mistakes[^1]));
        var plan = new JsonObject { ["plan"] = new string('x', 100_000), ["region"] = "par" };
        Assert.True(Assert.Single(Mistakes("Cellar", plan)).Length < 200);
    }

    [Theory]
    [InlineData("""{"plan":"S","plan":"M","region":"par"}""")]
    [InlineData("""{"plan":"\ud800","region":"par"}""")]
    public void Malformed_JSON_is_a_mistake_or_read_but_never_thrown(string spec)
    {
        var result = AddonSpecReader.Read(AddonCatalog.Find("Cellar")!, JsonNode.Parse(spec)!.AsObject());
        Assert.True(result.Spec is null != (result.Mistakes.Count == 0));
    }

    [Fact]
    public void No_spec_at_all_lacks_what_is_required() =>
        Assert.Equal(2, AddonSpecReader.Read(AddonCatalog.Find("Cellar")!, null).Mistakes.Count);

    private static AddonSpec Good(string kind, string spec)
    {
        var result = AddonSpecReader.Read(AddonCatalog.Find(kind)!, JsonNode.Parse(spec)!.AsObject());
        Assert.Empty(result.Mistakes);
        return result.Spec!;
    }

    private static IReadOnlyList<string> Mistakes(string kind, string spec) => Mistakes(kind, JsonNode.Parse(spec)!.AsObject());

    private static IReadOnlyList<string> Mistakes(string kind, JsonObject spec)
    {
        var result = AddonSpecReader.Read(AddonCatalog.Find(kind)!, spec);
        Assert.Null(result.Spec);
        return result.Mistakes;
    }
}
