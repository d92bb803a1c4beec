using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Products;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class AddonRequestTests
{
    private const string DevPostgreSql = "plan_d2ada71a-aa8e-4ead-8cb9-28314664437e";

    private static readonly ProductCatalogue Catalogue = ProductCatalogue.Load();

    [Theory]
    [InlineData("""{"providerId":"nope","plan":"plan_f1f39547-be55-4be0-96d0-5140da25c138","region":"par"}""", "Unknown provider 'nope'")]
    [InlineData("""{"providerId":"postgresql-addon","plan":"s_sml","region":"par"}""", "a plan's id is expected")]
    [InlineData("""{"providerId":"postgresql-addon","plan":"plan_f1f39547-be55-4be0-96d0-5140da25c138","region":"mars"}""", "available are: mtl, par")]
    [InlineData("""{"providerId":"postgresql-addon","plan":"plan_d2ada71a-aa8e-4ead-8cb9-28314664437e","region":"syd"}""", "available are: mtl, par, rbxhds")]
    [InlineData("""{"providerId":"postgresql-addon","plan":"plan_f1f39547-be55-4be0-96d0-5140da25c138","region":"par","options":{"version":"99"}}""", "available are: 13, 14, 15, 16, 17, 18")]
    [InlineData("""{"providerId":"postgresql-addon","plan":"plan_d2ada71a-aa8e-4ead-8cb9-28314664437e","region":"par","options":{"version":"14"}}""", "available are: 15")]
    [InlineData("""{"providerId":"postgresql-addon","plan":"plan_f1f39547-be55-4be0-96d0-5140da25c138","region":"par","options":{"kibana":"true"}}""", "has no option 'kibana'")]
    [InlineData("""{"providerId":"postgresql-addon","plan":"plan_f1f39547-be55-4be0-96d0-5140da25c138","region":"par","options":{"encryption":"yes"}}""", "allowed are: true, false")]
    [InlineData("""{"providerId":"postgresql-addon","plan":"plan_f1f39547-be55-4be0-96d0-5140da25c138","region":"par","options":{"encryption":true}}""", "option encryption must be text")]
    [InlineData("""{"providerId":"es-addon","plan":"plan_7675a239-057e-448e-85fb-77b5aa2ef47e","region":"par","options":{"services":"kibana"}}""", "must be a JSON array")]
    [InlineData("""{"providerId":"config-provider","plan":"plan_5d8e9596-dd73-4b73-84d9-e165372c5324","region":"par","options":{"version":"1"}}""", "offers no choice of version")]
    [InlineData("""{"plan":"plan_f1f39547-be55-4be0-96d0-5140da25c138","region":"par"}""", "obj.providerId")]
    public void A_bad_order_is_refused_with_what_is_allowed(string body, string expected)
    {
        var error = Assert.Throws<ApiError>(() => AddonRequest.Read(JsonNode.Parse(body)!.AsObject(), Catalogue));

        Assert.Equal(400, error.Status);
        Assert.Contains(expected, error.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","options":null""")]
    [InlineData(""","options":{},"version":"99","linkedApp":null""")]
    public void Missing_and_null_options_and_unknown_fields_are_fine(string rest)
    {
        var body = $$"""{"name":"n","providerId":"postgresql-addon","plan":"{{SandboxApi.SmallPostgreSql}}","region":"par"{{rest}}}""";

        Assert.Equal("15", AddonRequest.Read(JsonNode.Parse(body)!.AsObject(), Catalogue).Version);
    }

    [Fact]
    public void A_shared_plan_has_the_version_of_its_cluster()
    {
        var body = $$"""{"providerId":"postgresql-addon","plan":"{{DevPostgreSql}}","region":"par"}""";

        Assert.Equal("15", AddonRequest.Read(JsonNode.Parse(body)!.AsObject(), Catalogue).Version);
    }
}
