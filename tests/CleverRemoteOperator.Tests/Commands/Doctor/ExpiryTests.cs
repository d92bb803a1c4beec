using System.Text;
using CleverRemoteOperator.Commands.Doctor;
using CleverRemoteOperator.Tests.Commands.Fleet;

namespace CleverRemoteOperator.Tests.Commands.Doctor;

/// <summary>What ends is told in time.</summary>
public sealed class ExpiryTests
{
    [Theory]
    [InlineData(-1, "Failed", "the token expired 24h ago, on 2026-11-27 12:00 UTC: renew it")]
    [InlineData(6, "Warning", "the token expires in 6d, on 2026-12-04 12:00 UTC: renew it")]
    [InlineData(30, "Ok", "the token expires in 30d, on 2026-12-28 12:00 UTC")]
    public void A_week_before_its_end_it_is_a_warning(int days, string result, string message)
    {
        var check = Expiry.Of("token", "the token", FakeFleet.Now.AddDays(days), FakeFleet.Now);

        Assert.Equal((result, message), (check.Result.ToString(), check.Message));
    }

    [Theory]
    [InlineData("{\"exp\": 1795867200}", 1795867200L)]
    [InlineData("{\"exp\": \"soon\"}", null)]
    [InlineData("{}", null)]
    [InlineData("no json", null)]
    public void A_web_token_says_when_it_ends(string claims, long? expected) => Assert.Equal(
        expected, Expiry.OfToken($"eyJhbGciOiJub25lIn0.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.sig")?.ToUnixTimeSeconds());

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    public void Any_other_token_says_nothing(string token) => Assert.Null(Expiry.OfToken(token));
}
