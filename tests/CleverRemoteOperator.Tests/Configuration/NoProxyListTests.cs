using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class NoProxyListTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "https://10.1.2.3:6443", true)]
    [InlineData("10.0.0.0/8", "https://11.1.2.3:6443", false)]
    [InlineData("fd00::/8", "https://[fd00::1]:6443", true)]
    [InlineData("10.1.2.3", "https://10.1.2.3:6443", true)]
    [InlineData("10.1.2.3:443", "https://10.1.2.3:6443", false)]
    [InlineData("[fd00::1]:6443", "https://[fd00::1]:6443", true)]
    [InlineData("fd00::1", "https://[fd00::1]:6443", true)]
    [InlineData("example.com", "https://example.com", true)]
    [InlineData("Example.com", "https://api.EXAMPLE.com", true)]
    [InlineData("example.com", "https://anexample.com", false)]
    [InlineData(".example.com", "https://api.example.com", true)]
    [InlineData(".example.com", "https://example.com", false)]
    [InlineData("*.example.com", "https://api.example.com", true)]
    [InlineData("example.com:6443", "https://api.example.com:6443", true)]
    [InlineData("example.com:6443", "https://api.example.com", false)]
    [InlineData("a, b.c ,*", "https://anything", true)]
    [InlineData("10.0.0.0/99, ,:,/", "https://10.0.0.1", false)]
    [InlineData("", "https://10.0.0.1", false)]
    public void Hosts_are_matched_as_Go_matches_them(string list, string address, bool isOn) =>
        Assert.Equal(isOn, NoProxyList.Parse(list).Has(new Uri(address)));
}
