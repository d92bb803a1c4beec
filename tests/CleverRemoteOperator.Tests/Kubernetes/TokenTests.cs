using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Tests.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class TokenTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private int _fetches;

    [Fact]
    public async Task A_token_is_got_once_for_many_callers_and_again_before_it_expires()
    {
        using var source = Source();
        var headers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => source.GetAuthenticationHeaderAsync(default))));
        Assert.All(headers, header => Assert.Equal("token-1", header.Parameter));
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(31));
        Assert.Equal("token-1", (await source.GetAuthenticationHeaderAsync(default)).Parameter);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("token-2", (await source.GetAuthenticationHeaderAsync(default)).Parameter);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_but_not_a_fresh_one()
    {
        using var source = Source();
        var first = await source.GetAuthenticationHeaderAsync(default);
        Assert.False(source.Refused(first));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(source.Refused(first));
        Assert.Equal("token-2", (await source.GetAuthenticationHeaderAsync(default)).Parameter);
        Assert.True(source.Refused(first));
        Assert.Equal("token-2", (await source.GetAuthenticationHeaderAsync(default)).Parameter);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_although_the_clock_was_set_back_an_hour()
    {
        var wall = new SkewedTime(_time);
        using var source = new RenewingToken(_ => Task.FromResult(new ExpiringToken($"token-{++_fetches}", null)), wall);
        var first = await source.GetAuthenticationHeaderAsync(default);

        wall.Ahead = TimeSpan.FromHours(-1);
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.True(source.Refused(first));
        Assert.Equal("token-2", (await source.GetAuthenticationHeaderAsync(default)).Parameter);
    }

    [Fact]
    public async Task A_request_refused_with_401_is_sent_once_more_with_the_next_token()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenJson(200, "{}").ThenStatus(401, "Unauthorized").ThenJson(200, """{"gitVersion":"v1.36.4"}""").ThenStatus(401, "Unauthorized");
        using var cluster = new Cluster(new ClusterId("c"), new ClusterConnection { Server = server.Address, TokenSource = Source() }, _time);
        await cluster.GetVersionAsync(default);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("v1.36.4", await cluster.GetVersionAsync(default));
        Assert.True((await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetVersionAsync(default))).IsUnauthorized);
        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2"], server.Authorizations);
    }

    [Fact]
    public async Task A_failure_is_remembered_for_a_while()
    {
        using var source = new RenewingToken(_ => throw new KubernetesApiException($"failure {++_fetches}", null, ""), _time);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal("failure 1", (await Assert.ThrowsAsync<KubernetesApiException>(() => source.GetAuthenticationHeaderAsync(default))).Message);
        }

        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("failure 2", (await Assert.ThrowsAsync<KubernetesApiException>(() => source.GetAuthenticationHeaderAsync(default))).Message);
    }

    [Fact]
    public async Task A_token_file_is_read_again_within_a_minute()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "one\n");
        using var source = TokenFile.Open(path, _time);
        Assert.Equal("one", (await source.GetAuthenticationHeaderAsync(default)).Parameter);
        await File.WriteAllTextAsync(path, "two");
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("two", (await source.GetAuthenticationHeaderAsync(default)).Parameter);
        File.Delete(path);
        _time.Advance(TimeSpan.FromSeconds(61));
        await Assert.ThrowsAsync<KubernetesApiException>(() => source.GetAuthenticationHeaderAsync(default));
    }

    private RenewingToken Source() => new(
        _ => Task.FromResult(new ExpiringToken($"token-{++_fetches}", _time.GetUtcNow().AddMinutes(10))), _time);
}
