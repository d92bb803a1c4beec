using System.Net;
using System.Runtime.CompilerServices;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CleverApiFactoryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CleverApiFactory _factory;

    public CleverApiFactoryTests() => _factory = new CleverApiFactory(
        new CleverApiOptions { Retries = 1, RetryDelay = TimeSpan.FromTicks(1) }, [new Uri("https://api.example.com/")], _time, () => 0.5,
        (_, _, _, _) => { }, NullLogger<CleverApi>.Instance);

    public void Dispose() => _factory.Dispose();

    [Fact]
    public void Equal_credentials_share_a_client_whatever_their_organisation()
    {
        var one = Bearer("https://api.example.com", "token");

        Assert.Same(_factory.For(one), _factory.For(Bearer("https://api.example.com/", "token") with { Organisation = "orga_1" }));
        Assert.NotSame(_factory.For(one), _factory.For(Bearer("https://api.example.com", "other")));
        Assert.NotSame(_factory.For(one), _factory.For(Bearer("https://api.example.org", "token")));
    }

    [Fact]
    public void A_client_nobody_asks_for_is_forgotten()
    {
        var used = Bearer("https://api.example.com", "used");
        var unused = Bearer("https://api.example.com", "unused");
        var (usedApi, unusedApi) = (_factory.For(used), _factory.For(unused));

        for (var minutes = 0; minutes < 80; minutes += 20)
        {
            _time.Advance(TimeSpan.FromMinutes(20));
            Assert.Same(usedApi, _factory.For(used));
        }

        Assert.NotSame(unusedApi, _factory.For(unused));
    }

    [Fact]
    public void Credentials_that_are_forgotten_leave_memory()
    {
        var seen = UseAndForget();

        GC.Collect();

        Assert.False(seen.IsAlive);
    }

    [Fact]
    public async Task An_account_that_is_forgotten_keeps_its_pace()
    {
        using var factory = new CleverApiFactory(
            new CleverApiOptions { Burst = 1, RequestsPerSecond = 0.001 }, [], _time, () => 0.5, (_, _, _, _) => { }, NullLogger<CleverApi>.Instance);
        var credentials = Bearer("https://127.0.0.1:1", "token");
        var first = await Assert.ThrowsAsync<CleverApiException>(() => factory.For(credentials).ListAddonsAsync("orga_1", CancellationToken.None));
        Assert.Contains("not a public address", first.Message, StringComparison.Ordinal);

        factory.Forget(credentials.Digest);

        var second = await Assert.ThrowsAsync<CleverApiException>(() => factory.For(credentials).ListAddonsAsync("orga_1", CancellationToken.None));
        Assert.DoesNotContain("not a public address", second.Message, StringComparison.Ordinal);
        Assert.True(second.IsRateLimit || second.CanRetry, second.Message);
    }

    [Theory]
    [InlineData("http://example.com", "use https")]
    [InlineData("https://127.0.0.1:1", "not a public address")]
    [InlineData("https://localhost:1", "not a public address")]
    [InlineData("https://[::1]:1", "not a public address")]
    [InlineData("https://[::ffff:127.0.0.1]:1", "not a public address")]
    [InlineData("https://169.254.169.254", "not a public address")]
    [InlineData("https://api.example.com:444@127.0.0.1:1", "not a public address")]
    public async Task An_endpoint_not_on_the_list_leads_nowhere_inside(string endpoint, string why)
    {
        var api = _factory.For(Bearer(endpoint, "token"));

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => api.ListAddonsAsync("orga_1", CancellationToken.None));

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Equal((null, false, false), (failure.Status, failure.CanRetry, failure.IsOutcomeUnknown));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("185.42.117.108", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.128.0.1", true)]
    [InlineData("127.9.9.9", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("64:ff9b::808:808", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2001:0:1::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::1", false)]
    public void Public_addresses_are_told_from_others(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference UseAndForget()
    {
        var credentials = Bearer("https://api.example.com", Guid.NewGuid().ToString());
        _factory.For(credentials);
        var seen = new WeakReference(credentials.Token);
        Assert.NotNull(_factory.For(credentials));
        _factory.Forget(credentials.Digest);
        return seen;
    }

    private static CleverCredentials Bearer(string endpoint, string token) => new(new Uri(endpoint), token, null, null, null, null);
}
