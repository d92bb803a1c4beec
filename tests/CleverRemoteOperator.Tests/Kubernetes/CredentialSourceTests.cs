using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Tests.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class CredentialSourceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private int _fetches;

    [Fact]
    public async Task A_token_is_got_once_for_many_callers_and_again_before_it_expires()
    {
        using var source = Source();
        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => source.GetAsync(default))));
        Assert.All(got, credential => Assert.Equal("token-1", credential.Token));
        _time.Advance(TimeSpan.FromMinutes(8) - TimeSpan.FromSeconds(1));
        Assert.Equal("token-1", (await source.GetAsync(default)).Token);
        _time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => source.GetAsync(default).Result.Token == "token-2");
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task A_program_that_takes_longer_than_any_caller_waits_ends_all_the_same_and_is_started_once()
    {
        var ends = new TaskCompletionSource();
        using var source = Slow(ends.Task);
        for (var caller = 0; caller < 10; caller++)
        {
            using var patience = new CancellationTokenSource();
            var waiting = source.GetAsync(patience.Token);
            await Eventually.TrueAsync(() => Volatile.Read(ref _fetches) > 0);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            _time.Advance(TimeSpan.FromSeconds(4));
        }

        ends.SetResult();
        Assert.Equal(("token-1", 1), ((await source.GetAsync(default).WaitAsync(TimeSpan.FromSeconds(10))).Token, _fetches));
    }

    [Fact]
    public async Task The_old_token_serves_while_a_slow_program_gets_the_next()
    {
        var ends = new TaskCompletionSource();
        using var source = Slow(Task.CompletedTask, ends.Task);
        Assert.Equal("token-1", (await source.GetAsync(default)).Token);
        _time.Advance(TimeSpan.FromMinutes(8.5));
        for (var second = 0; second < 60; second++)
        {
            Assert.Equal("token-1", (await source.GetAsync(default).WaitAsync(TimeSpan.FromSeconds(10))).Token);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        ends.SetResult();
        await Eventually.TrueAsync(() => source.GetAsync(default).Result.Token == "token-2");
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task A_renewal_that_fails_is_told_only_once_the_old_token_has_ended()
    {
        using var source = new RenewingCredential(
            _ => ++_fetches == 1 ? Task.FromResult(new Credential("token-1", null, _time.GetUtcNow().AddMinutes(10))) : throw new KubernetesApiException("it failed", null, ""), _time);
        await source.GetAsync(default);
        _time.Advance(TimeSpan.FromMinutes(9));
        await Eventually.TrueAsync(() => source.GetAsync(default).Result.Token == "token-1" && _fetches == 2);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("it failed", (await Assert.ThrowsAsync<KubernetesApiException>(() => source.GetAsync(default))).Message);
    }

    [Fact]
    public async Task A_program_that_gives_what_it_has_kept_is_not_asked_all_the_time()
    {
        var expires = _time.GetUtcNow().AddMinutes(10);
        using var source = new RenewingCredential(_ => Task.FromResult(new Credential($"token-{++_fetches}", null, expires)), _time);
        await source.GetAsync(default);
        for (var second = 0; second < 590; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await source.GetAsync(default);
        }

        Assert.InRange(_fetches, 1, 12);
    }

    [Fact]
    public async Task A_program_ends_with_the_cluster_it_runs_for()
    {
        var isEnded = new TaskCompletionSource();
        var source = new RenewingCredential(
            async token =>
            {
                await using var registration = token.Register(isEnded.SetResult);
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
                return new Credential("never");
            },
            _time);
        var waiting = source.GetAsync(default);
        source.Dispose();
        await isEnded.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<KubernetesApiException>(() => waiting);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_but_not_a_fresh_one()
    {
        using var source = Source();
        var first = await source.GetAsync(default);
        Assert.False(source.Refused(first));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(source.Refused(first));
        Assert.Equal("token-2", (await source.GetAsync(default)).Token);
        Assert.True(source.Refused(first));
        Assert.Equal("token-2", (await source.GetAsync(default)).Token);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_although_the_clock_was_set_back_an_hour()
    {
        var wall = new SkewedTime(_time);
        using var source = new RenewingCredential(_ => Task.FromResult(new Credential($"token-{++_fetches}")), wall);
        var first = await source.GetAsync(default);

        wall.Ahead = TimeSpan.FromHours(-1);
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.True(source.Refused(first));
        Assert.Equal("token-2", (await source.GetAsync(default)).Token);
    }

    [Fact]
    public async Task A_request_refused_with_401_is_sent_once_more_with_the_next_token()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenJson(200, "{}").ThenStatus(401, "Unauthorized").ThenJson(200, """{"gitVersion":"v1.36.4"}""").ThenStatus(401, "Unauthorized");
        using var cluster = new Cluster(new ClusterId("c"), new ClusterConnection { Server = server.Address, Credentials = Source() }, _time);
        await cluster.GetVersionAsync(default);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("v1.36.4", await cluster.GetVersionAsync(default));
        Assert.True((await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetVersionAsync(default))).IsUnauthorized);
        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2"], server.Authorizations);
    }

    [Fact]
    public async Task Credentials_are_waited_for_longer_than_an_answer()
    {
        var ends = new TaskCompletionSource();
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenJson(200, """{"gitVersion":"v1.36.4"}""");
        using var cluster = new Cluster(new ClusterId("c"), new ClusterConnection { Server = server.Address, Credentials = Slow(ends.Task) }, _time);
        var version = cluster.GetVersionAsync(default);
        _time.Advance(TimeSpan.FromSeconds(45));
        ends.SetResult();
        Assert.Equal("v1.36.4", await version.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_failure_is_remembered_for_a_while()
    {
        using var source = new RenewingCredential(_ => throw new KubernetesApiException($"failure {++_fetches}", null, ""), _time);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal("failure 1", (await Assert.ThrowsAsync<KubernetesApiException>(() => source.GetAsync(default))).Message);
        }

        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("failure 2", (await Assert.ThrowsAsync<KubernetesApiException>(() => source.GetAsync(default))).Message);
    }

    [Fact]
    public async Task A_token_file_that_is_replaced_is_used_within_seconds_and_the_old_token_while_it_is_gone()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "one\n");
        using var source = new TokenFile(path, _time);
        Assert.Equal("one", (await source.GetAsync(default)).Token);
        await File.WriteAllTextAsync(path, "two");
        _time.Advance(TimeSpan.FromSeconds(2));
        var two = await source.GetAsync(default);
        Assert.Equal("two", two.Token);
        File.Delete(path);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("two", (await source.GetAsync(default)).Token);
        Assert.True(source.Refused(two));
        Assert.Equal($"token file {path} does not exist", (await Assert.ThrowsAsync<KubernetesApiException>(() => source.GetAsync(default))).Message);
    }

    [Fact]
    public async Task A_token_file_is_read_at_once_when_its_token_is_refused()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "one");
        using var source = new TokenFile(path, _time);
        var one = await source.GetAsync(default);
        Assert.False(source.Refused(one));
        await File.WriteAllTextAsync(path, "two");
        Assert.True(source.Refused(one));
        Assert.Equal("two", (await source.GetAsync(default)).Token);
        File.Delete(path);
    }

    private RenewingCredential Source() => Slow();

    // The first waits for the first of these, the second for the second.
    private RenewingCredential Slow(params Task[] until) => new(
        async token =>
        {
            var number = Interlocked.Increment(ref _fetches);
            await until.ElementAtOrDefault(number - 1, Task.CompletedTask).WaitAsync(token);
            return new Credential($"token-{number}", null, _time.GetUtcNow().AddMinutes(10));
        },
        _time);
}

file static class Lists
{
    public static Task ElementAtOrDefault(this Task[] tasks, int index, Task otherwise) => index < tasks.Length ? tasks[index] : otherwise;
}
