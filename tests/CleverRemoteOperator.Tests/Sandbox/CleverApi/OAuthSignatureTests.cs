using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using Microsoft.AspNetCore.WebUtilities;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class OAuthSignatureTests
{
    [Theory]
    [InlineData("GET", "https://api.clever-cloud.com/v2/self", "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "OAuth oauth_consumer_key=\"T5nFjKeHH4AIlEveuGhB5S3xg8T19e\", oauth_nonce=\"6f1d7f0e-3c0b-4a52-9d6e-1f6c7d0a2b11\", oauth_signature=\"RTlWNphlvue0dlwcC7a0id%2BQM%2BRMGMtVd%2FWVFz9wpAS%2FeN65LnM%2Bi6VFTtkQSIO5O3IK4oW0ErDWd6Ud1ZXUxQ%3D%3D\", oauth_signature_method=\"HMAC-SHA512\", oauth_timestamp=\"1767225600\", oauth_token=\"8f3b0c6d2e1a4f5b9c7d0e1f2a3b4c5d\", oauth_version=\"1.0\"")]
    [InlineData("GET", "https://api.clever-cloud.com/v4/products/zones?ownerId=orga_3547a882-d464-4c34-8168-add4b3e0c135&tag=infra%3Aclever-cloud", "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "OAuth oauth_consumer_key=\"T5nFjKeHH4AIlEveuGhB5S3xg8T19e\", oauth_nonce=\"0a1b2c3d4e5f60718293a4b5c6d7e8f9\", oauth_signature=\"h5r3LO9fYv85hOWlP9IWZzIOm2Yg9ONS4ZhYMYRZH5s%2Fy1Wwr68fyA3J%2F9zdMxtVzrzim1UOp0hFpGgU7THPcg%3D%3D\", oauth_signature_method=\"HMAC-SHA512\", oauth_timestamp=\"1767225601\", oauth_token=\"8f3b0c6d2e1a4f5b9c7d0e1f2a3b4c5d\", oauth_version=\"1.0\"")]
    [InlineData("POST", "https://api.clever-cloud.com/v2/organisations/orga_3547a882-d464-4c34-8168-add4b3e0c135/addons", "cons/ecret+with=&'(reserved)*!", "s p+c/é=&%",
        "OAuth oauth_consumer_key=\"T5nFjKeHH4AIlEveuGhB5S3xg8T19e\", oauth_nonce=\"Zm9vYmFy-._~42\", oauth_signature=\"J1UhBnXnixhQo4kHknlVmjGoyBtE8WXhK4iL%2Bab895E0%2FkiA%2FKdZXbPJJEvVB1osuHXd%2FuZcMwTvK%2FMHbpJ7bA%3D%3D\", oauth_signature_method=\"HMAC-SHA512\", oauth_timestamp=\"1767225602\", oauth_token=\"tok.en-_~1\", oauth_version=\"1.0\"")]
    [InlineData("PUT", "http://127.0.0.1:18080/v4/addon-providers/config-provider/addons/config_66666666-6666-4666-8666-666666666666/env", "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "OAuth oauth_consumer_key=\"T5nFjKeHH4AIlEveuGhB5S3xg8T19e\", oauth_nonce=\"deadbeefdeadbeefdeadbeefdeadbeef\", oauth_signature=\"sSOIdSbj4jjjgy%2Bz7WQv4xx8fePqmBMb%2B4sE03JXeUenaNTOeZrkIKWPRuOISB70mmB8lUP6mtiCCZi28kHCrg%3D%3D\", oauth_signature_method=\"HMAC-SHA512\", oauth_timestamp=\"1767225603\", oauth_token=\"8f3b0c6d2e1a4f5b9c7d0e1f2a3b4c5d\", oauth_version=\"1.0\"")]
    [InlineData("DELETE", "https://api.clever-cloud.com/v2/organisations/orga_3547a882-d464-4c34-8168-add4b3e0c135/addons/addon_5abaf3ea-d53f-4021-9711-cd294d50c662?reason=no%20longer%20needed&a=2&b=%C3%A9", "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "OAuth oauth_consumer_key=\"T5nFjKeHH4AIlEveuGhB5S3xg8T19e\", oauth_nonce=\"n-5\", oauth_signature=\"CAN7CuYg%2FwInaVWHphCREjQOQqEHSXJtaLd6pZLXPR4lKT5pPsZTgmnP3hLQxa1g7EgyD5E%2BJD%2F%2BKpZh31KgJQ%3D%3D\", oauth_signature_method=\"HMAC-SHA512\", oauth_timestamp=\"1767225604\", oauth_token=\"8f3b0c6d2e1a4f5b9c7d0e1f2a3b4c5d\", oauth_version=\"1.0\"")]
    public void A_signature_made_by_other_implementations_is_accepted_and_no_other(string method, string url, string consumerSecret, string tokenSecret, string authorization)
    {
        var header = OAuthHeader.Parse(authorization["OAuth ".Length..]);
        var request = RequestTo(method, url);

        Assert.True(OAuthSignature.Verify(request, header, consumerSecret, tokenSecret, strict: true));
        Assert.False(OAuthSignature.Verify(request with { Method = "PATCH" }, header, consumerSecret, tokenSecret, strict: false));
        Assert.False(OAuthSignature.Verify(request with { Url = request.Url + "x" }, header, consumerSecret, tokenSecret, strict: false));
        Assert.False(OAuthSignature.Verify(request, header, consumerSecret, tokenSecret + "x", strict: false));
        Assert.False(OAuthSignature.Verify(request, header, consumerSecret + "x", tokenSecret, strict: false));
    }

    [Fact]
    public void A_signature_that_leaves_out_the_query_is_refused_only_when_strict()
    {
        const string authorization = @"oauth_consumer_key=""T5nFjKeHH4AIlEveuGhB5S3xg8T19e"", oauth_nonce=""6f1d7f0e-3c0b-4a52-9d6e-1f6c7d0a2b11"", oauth_signature=""RTlWNphlvue0dlwcC7a0id%2BQM%2BRMGMtVd%2FWVFz9wpAS%2FeN65LnM%2Bi6VFTtkQSIO5O3IK4oW0ErDWd6Ud1ZXUxQ%3D%3D"", oauth_signature_method=""HMAC-SHA512"", oauth_timestamp=""1767225600"", oauth_token=""8f3b0c6d2e1a4f5b9c7d0e1f2a3b4c5d"", oauth_version=""1.0""";
        var header = OAuthHeader.Parse(authorization);
        var request = RequestTo("GET", "https://api.clever-cloud.com/v2/self?x=1");

        Assert.True(OAuthSignature.Verify(request, header, "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90", strict: false));
        Assert.False(OAuthSignature.Verify(request, header, "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90", strict: true));
    }

    [Theory]
    [InlineData("consumer%26token", "consumer", "token", true)]
    [InlineData("c%252Fs%26t%2525", "c/s", "t%", true)]
    [InlineData("consumer%26other", "consumer", "token", false)]
    [InlineData("", "consumer", "token", false)]
    public void Plaintext_is_the_two_secrets_raw_or_encoded(string signature, string consumerSecret, string tokenSecret, bool accepted)
    {
        var header = OAuthHeader.Parse($"oauth_consumer_key=\"k\", oauth_token=\"t\", oauth_signature=\"{signature}\"");

        Assert.Equal(accepted, OAuthSignature.Verify(RequestTo("GET", "http://127.0.0.1/v2/self"), header, consumerSecret, tokenSecret, strict: true));
    }

    [Fact]
    public void An_unknown_method_is_refused()
    {
        var header = OAuthHeader.Parse("oauth_signature_method=\"RSA-SHA1\", oauth_signature=\"a%26b\"");

        Assert.False(OAuthSignature.Verify(RequestTo("GET", "http://127.0.0.1/v2/self"), header, "a", "b", strict: false));
    }

    private static SignedRequest RequestTo(string method, string url)
    {
        var uri = new Uri(url);
        var query = QueryHelpers.ParseQuery(uri.Query).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())).ToList();
        return new SignedRequest(method, uri.GetLeftPart(UriPartial.Path), query);
    }
}
