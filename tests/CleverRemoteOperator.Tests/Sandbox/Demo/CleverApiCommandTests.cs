using CleverRemoteOperator.Sandbox.Demo;

namespace CleverRemoteOperator.Tests.Sandbox.Demo;

public sealed class CleverApiCommandTests
{
    [Theory]
    [InlineData("--listen 0.0.0.0:8081", "a loopback address with a port")]
    [InlineData("--listen 127.0.0.1", "a loopback address with a port")]
    [InlineData("--listen 127.0.0.1:99999", "a loopback address with a port")]
    [InlineData("--latency 50", "a whole number with ms or s")]
    [InlineData("--latency -1s", "a whole number with ms or s")]
    [InlineData("--account a:b:c", "--account number 1: an account is token:secret:bearer:organisation")]
    [InlineData("--account a:b:c:orga_00000000-0000-4000-8000-000000000003 --account a:x:y:orga_00000000-0000-4000-8000-000000000004", "--account number 2")]
    [InlineData("--account sandbox-token:b:c:orga_00000000-0000-4000-8000-000000000003", "each must be its own")]
    public void A_bad_option_is_one_line_with_what_is_allowed(string arguments, string expected)
    {
        var error = Assert.Single(CleverApiCommand.Create().Parse(arguments).Errors);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--listen 127.0.0.1:8081 --latency 50ms --state state.json")]
    [InlineData("--listen localhost:0 --latency 2s")]
    [InlineData("--listen [::1]:8081 --account a:b:c:orga_00000000-0000-4000-8000-000000000003 --account d:e:f:orga_00000000-0000-4000-8000-000000000003")]
    public void Good_options_are_taken(string arguments) => Assert.Empty(CleverApiCommand.Create().Parse(arguments).Errors);
}
