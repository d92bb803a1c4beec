using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class AuthorizationTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer nobody")]
    [InlineData("Basic c2FuZGJveA==")]
    [InlineData("OAuth oauth_consumer_key=\"T5nFjKeHH4AIlEveuGhB5S3xg8T19e\", oauth_token=\"sandbox-token\", oauth_signature=\"wrong%26sandbox-secret\"")]
    [InlineData("OAuth oauth_consumer_key=\"nobody\", oauth_token=\"sandbox-token\", oauth_signature=\"MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT%26sandbox-secret\"")]
    public async Task Missing_or_bad_credentials_are_not_connected(string? authorization)
    {
        await using var api = await SandboxApi.StartAsync();
        var response = await SendAsync(api, "/v2/self", authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("""{"id":2001,"message":"Not connected","type":"error"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Bearer sandbox-bearer")]
    [InlineData("OAuth oauth_consumer_key=\"T5nFjKeHH4AIlEveuGhB5S3xg8T19e\", oauth_token=\"sandbox-token\", oauth_signature=\"MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT%26sandbox-secret\"")]
    public async Task Bearer_and_plaintext_are_the_same_user(string authorization)
    {
        await using var api = await SandboxApi.StartAsync();
        var response = await SendAsync(api, "/v2/self", authorization);
        var user = await response.Content.ReadFromJsonAsync<JsonObject>();

        Assert.Equal("user_00000000-0000-4000-8000-000000000001", (string?)user!["id"]);
        Assert.NotEmpty(response.Headers.GetValues("Sozu-Id"));
    }

    [Fact]
    public async Task Products_are_public_but_not_for_wrong_credentials()
    {
        await using var api = await SandboxApi.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(api, "/v2/products/addonproviders", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(api, "/v4/products/zones", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(api, "/v4/products/zones", "Bearer nobody")).StatusCode);
    }

    [Theory]
    [InlineData("/v2/organisations/" + SandboxApi.OtherOrganisation, 403, "99002")]
    [InlineData("/v2/organisations/" + SandboxApi.OtherOrganisation + "/addons", 403, "99002")]
    [InlineData("/v2/organisations/user_00000000-0000-4000-8000-000000000002/addons", 403, "99002")]
    [InlineData("/v2/organisations/orga_00000000-0000-4000-8000-00000000000f/addons", 404, "99001")]
    [InlineData("/v4/kubernetes/organisations/" + SandboxApi.OtherOrganisation + "/clusters", 403, "clever.core.forbidden")]
    public async Task Another_accounts_organisation_is_closed(string path, int status, string code)
    {
        await using var api = await SandboxApi.StartAsync();
        var response = await api.Client.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_accounts_add_on_does_not_belong_to_you()
    {
        await using var api = await SandboxApi.StartAsync();
        var addon = await api.CreateAsync();
        var path = $"/v2/organisations/{SandboxApi.OtherOrganisation}/addons/{addon["id"]}";

        var read = await api.Other.GetAsync(path);
        var delete = await api.Other.DeleteAsync(path);
        var detail = await api.Other.GetAsync($"/v4/addon-providers/postgresql-addon/addons/{addon["id"]}");

        Assert.Equal("""{"id":10300,"message":"This addon does not belong to you.","type":"error"}""", await read.Content.ReadAsStringAsync());
        Assert.All([read, delete, detail], response => Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode));
        Assert.Single(api.Server.Addons.All);
    }

    [Fact]
    public async Task Strict_signing_refuses_a_nonce_used_before_and_an_old_timestamp()
    {
        await using var api = await SandboxApi.StartAsync(options => options with { StrictSigning = true });
        var fresh = Signed(api, api.Clock.GetUtcNow(), "n1");
        var old = Signed(api, api.Clock.GetUtcNow().AddSeconds(-301), "n2");

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(api, "/v2/self", fresh)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(api, "/v2/self", fresh)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(api, "/v2/self", old)).StatusCode);
    }

    [Theory]
    [InlineData("a:b:c", "four parts")]
    [InlineData("a::c:orga_00000000-0000-4000-8000-000000000003", "none empty")]
    [InlineData("a:b:c:acme", "orga_ and a UUID")]
    public void A_bad_account_says_what_is_allowed(string text, string expected)
    {
        Assert.False(Account.TryParse(text, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_never_prints_its_credentials() => Assert.Equal(SandboxApi.Organisation, Account.Defaults[0].ToString());

    private static string Signed(SandboxApi api, DateTimeOffset time, string nonce)
    {
        var unsigned = $"oauth_consumer_key=\"T5nFjKeHH4AIlEveuGhB5S3xg8T19e\", oauth_nonce=\"{nonce}\", oauth_signature_method=\"HMAC-SHA512\", oauth_timestamp=\"{time.ToUnixTimeSeconds()}\", oauth_token=\"sandbox-token\", oauth_version=\"1.0\"";
        var request = new SignedRequest("GET", new Uri(api.Server.Address, "/v2/self").ToString(), []);
        var text = OAuthSignature.BaseString(request, OAuthHeader.Parse(unsigned), []);
        var signature = System.Security.Cryptography.HMACSHA512.HashData("MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT&sandbox-secret"u8, System.Text.Encoding.UTF8.GetBytes(text));
        return $"OAuth {unsigned}, oauth_signature=\"{Uri.EscapeDataString(Convert.ToBase64String(signature))}\"";
    }

    private static async Task<HttpResponseMessage> SendAsync(SandboxApi api, string path, string? authorization)
    {
        using var client = api.ClientOf(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await client.SendAsync(request);
    }
}
