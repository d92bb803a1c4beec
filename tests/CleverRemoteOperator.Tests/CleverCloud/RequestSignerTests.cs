using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class RequestSignerTests
{
    private const string ConsumerKey = "T5nFjKeHH4AIlEveuGhB5S3xg8T19e";

    /// <summary>Made by five other implementations that agree; all secrets are synthetic or published.</summary>
    public static TheoryData<string, string, string, long, string, string, string, string> Vectors => new()
    {
        {
            "GET", "https://api.clever-cloud.com/v2/self",
            "6f1d7f0e-3c0b-4a52-9d6e-1f6c7d0a2b11", 1767225600, "8f3b0c6d2e1a4f5b9c7d0e1f2a3b4c5d",
            "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90",
            "RTlWNphlvue0dlwcC7a0id+QM+RMGMtVd/WVFz9wpAS/eN65LnM+i6VFTtkQSIO5O3IK4oW0ErDWd6Ud1ZXUxQ=="
        },
        {
            "GET", "https://api.clever-cloud.com/v4/products/zones?ownerId=orga_3547a882-d464-4c34-8168-add4b3e0c135&tag=infra%3Aclever-cloud",
            "0a1b2c3d4e5f60718293a4b5c6d7e8f9", 1767225601, "8f3b0c6d2e1a4f5b9c7d0e1f2a3b4c5d",
            "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90",
            "h5r3LO9fYv85hOWlP9IWZzIOm2Yg9ONS4ZhYMYRZH5s/y1Wwr68fyA3J/9zdMxtVzrzim1UOp0hFpGgU7THPcg=="
        },
        {
            "POST", "https://api.clever-cloud.com/v2/organisations/orga_3547a882-d464-4c34-8168-add4b3e0c135/addons",
            "Zm9vYmFy-._~42", 1767225602, "tok.en-_~1",
            "cons/ecret+with=&'(reserved)*!", "s p+c/é=&%",
            "J1UhBnXnixhQo4kHknlVmjGoyBtE8WXhK4iL+ab895E0/kiA/KdZXbPJJEvVB1osuHXd/uZcMwTvK/MHbpJ7bA=="
        },
        {
            "PUT", "http://127.0.0.1:18080/v4/addon-providers/config-provider/addons/config_66666666-6666-4666-8666-666666666666/env",
            "deadbeefdeadbeefdeadbeefdeadbeef", 1767225603, "8f3b0c6d2e1a4f5b9c7d0e1f2a3b4c5d",
            "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90",
            "sSOIdSbj4jjjgy+z7WQv4xx8fePqmBMb+4sE03JXeUenaNTOeZrkIKWPRuOISB70mmB8lUP6mtiCCZi28kHCrg=="
        },
        {
            "DELETE", "https://api.clever-cloud.com/v2/organisations/orga_3547a882-d464-4c34-8168-add4b3e0c135/addons/addon_5abaf3ea-d53f-4021-9711-cd294d50c662?reason=no%20longer%20needed&a=2&b=%C3%A9",
            "n-5", 1767225604, "8f3b0c6d2e1a4f5b9c7d0e1f2a3b4c5d",
            "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT", "a1b2c3d4e5f60718293a4b5c6d7e8f90",
            "CAN7CuYg/wInaVWHphCREjQOQqEHSXJtaLd6pZLXPR4lKT5pPsZTgmnP3hLQxa1g7EgyD5E+JD/+KpZh31KgJQ=="
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void An_OAuth_header_is_the_one_other_clients_send(
        string method, string url, string nonce, long timestamp, string token, string consumerSecret, string secret, string signature)
    {
        var uri = new Uri(url);
        var credentials = new CleverCredentials(uri, token, secret, ConsumerKey, consumerSecret, null);

        var header = RequestSigner.Authorization(
            credentials, new HttpMethod(method), uri, nonce, DateTimeOffset.FromUnixTimeSeconds(timestamp));

        Assert.Equal(
            $"OAuth oauth_consumer_key=\"{ConsumerKey}\", oauth_nonce=\"{nonce}\", oauth_signature=\"{Uri.EscapeDataString(signature)}\", "
            + $"oauth_signature_method=\"HMAC-SHA512\", oauth_timestamp=\"{timestamp}\", oauth_token=\"{token}\", oauth_version=\"1.0\"",
            header);
    }

    [Fact]
    public void Half_a_second_more_is_the_same_second()
    {
        var credentials = Credentials("token", "secret");
        var whole = DateTimeOffset.FromUnixTimeSeconds(1767225600);

        Assert.Equal(Sign(credentials, whole), Sign(credentials, whole.AddMilliseconds(500)));
    }

    [Fact]
    public void A_token_alone_travels_as_bearer() =>
        Assert.Equal("Bearer the.token-1", Sign(Credentials("the.token-1", null), DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("to\r\nX-Other: 1")]
    [InlineData("to ken")]
    [InlineData("tok\u00e9n")]
    [InlineData("")]
    public void A_bearer_token_unfit_for_a_header_is_refused_without_telling_it(string token)
    {
        var failure = Assert.Throws<CleverApiException>(() => Sign(Credentials(token, null), DateTimeOffset.UnixEpoch));

        Assert.False(failure.CanRetry);
        Assert.True(token.Length == 0 || !failure.ToString().Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public void A_quote_in_an_OAuth_token_cannot_leave_its_place() =>
        Assert.Contains("oauth_token=\"a%22%2C%20b\"", Sign(Credentials("a\", b", "secret"), DateTimeOffset.UnixEpoch), StringComparison.Ordinal);

    private static string Sign(CleverCredentials credentials, DateTimeOffset time) =>
        RequestSigner.Authorization(credentials, HttpMethod.Get, new Uri("https://api.example.com/v2/self"), "n", time);

    private static CleverCredentials Credentials(string token, string? secret) => new(
        new Uri("https://api.example.com"), token, secret, secret is null ? null : ConsumerKey, secret is null ? null : "consumer", null);
}
