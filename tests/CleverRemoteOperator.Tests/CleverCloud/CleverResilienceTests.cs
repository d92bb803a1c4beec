using System.Net;
using CleverRemoteOperator.CleverCloud;
using Microsoft.Extensions.Time.Testing;
using static CleverRemoteOperator.Tests.CleverCloud.CleverServer;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CleverResilienceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_rate_limited_request_waits_as_long_as_the_api_says()
    {
        var time = new ImpatientTime();
        await using var server = await StartAsync(200, "[]");
        server.First(Answer(429, "", retryAfter: "1"));
        using var client = new ApiUnderTest(server.Endpoint, time);
        var before = time.GetUtcNow();

        await client.ListAsync();

        Assert.InRange(time.GetUtcNow() - before, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("9")]
    public async Task A_rate_limit_of_more_than_two_seconds_holds_nobody_up(string retryAfter)
    {
        await using var server = await StartAsync(200, "[]");
        server.First(Answer(429, "", retryAfter));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        // The clock stands still: neither the first nor those after it wait.
        var first = await Assert.ThrowsAsync<CleverApiException>(client.ListAsync);
        var second = await Assert.ThrowsAsync<CleverApiException>(client.ListAsync);
        var third = await Assert.ThrowsAsync<CleverApiException>(client.ListAsync);

        Assert.Equal(retryAfter, $"{first.RetryAfter!.Value.TotalSeconds}");
        Assert.True(second.RetryAfter >= first.RetryAfter);
        Assert.Equal(second.Message, third.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("60")]
    [InlineData("Thu, 01 Jan 2026 00:01:00 GMT")]
    public async Task A_long_rate_limit_goes_to_the_caller_and_holds_for_the_whole_account_and_no_other(string retryAfter)
    {
        _time.SetUtcNow(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = await StartAsync(200, "[]");
        server.First(Answer(429, "", retryAfter));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        var limited = await Assert.ThrowsAsync<CleverApiException>(client.ListAsync);
        var held = await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync);

        Assert.Equal((TimeSpan.FromSeconds(60), HttpStatusCode.TooManyRequests), (limited.RetryAfter!.Value, limited.Status));
        Assert.Equal((true, true, false), (held.IsRateLimit, held.CanRetry, held.IsOutcomeUnknown));
        Assert.Single(server.Requests);
        await client.For(client.Account("other-token")).ListAddonsAsync("orga_1", CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(61));
        await client.ListAsync();
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Refused_credentials_are_not_tried_again_for_a_while_and_no_other_account_waits_for_that()
    {
        await using var server = await StartAsync(200, "[]");
        server.First(Answer(401, ""));
        using var client = new ApiUnderTest(server.Endpoint, _time);

        var refused = await Assert.ThrowsAsync<CleverApiException>(client.ListAsync);
        var held = await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync);

        Assert.Equal((HttpStatusCode.Unauthorized, false, refused.Message), (held.Status!.Value, held.IsOutcomeUnknown, held.Message));
        Assert.Single(server.Requests);
        await client.For(client.Account("other-token")).ListAddonsAsync("orga_1", CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(5));
        await client.ListAsync();
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_Retry_After_of_an_overloaded_api_is_heeded()
    {
        var time = new ImpatientTime();
        await using var server = await StartAsync(200, "[]");
        server.First(Answer(503, "", retryAfter: "2"));
        using var client = new ApiUnderTest(server.Endpoint, time);

        await client.ListAsync();

        Assert.Contains(TimeSpan.FromSeconds(2), time.Waits);
    }

    [Fact]
    public async Task Failures_in_a_row_open_the_breaker_of_that_account_only()
    {
        await using var server = await StartAsync(500, "");
        using var client = new ApiUnderTest(server.Endpoint, _time);
        await FailAsync(client, 5);

        var failure = await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync);

        Assert.Equal((null, true, false), (failure.Status, failure.CanRetry, failure.IsOutcomeUnknown));
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        Assert.Contains("not sent", failure.Message, StringComparison.Ordinal);
        Assert.Equal(5, server.Requests.Count);
        var other = await Assert.ThrowsAsync<CleverApiException>(
            () => client.For(client.Account("other-token")).CreateAddonAsync("orga_1", ApiUnderTest.Request, () => true, CancellationToken.None));
        Assert.Equal(HttpStatusCode.InternalServerError, other.Status);
    }

    [Fact]
    public async Task An_open_breaker_lets_a_probe_through_and_closes_when_it_succeeds()
    {
        await using var server = await StartAsync(500, "");
        using var client = new ApiUnderTest(server.Endpoint, _time);
        await FailAsync(client, 5);
        _time.Advance(TimeSpan.FromSeconds(5));
        await FailAsync(client, 1);
        Assert.Equal(6, server.Requests.Count);
        server.Then(Answer(200, "[]"));

        _time.Advance(TimeSpan.FromSeconds(5)); // twice as long now
        await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync);
        _time.Advance(TimeSpan.FromSeconds(5));
        await client.ListAsync();
        await client.ListAsync();

        Assert.Equal(8, server.Requests.Count);
    }

    [Theory]
    [InlineData(400, "")]
    [InlineData(403, """{"id":10300,"message":"no"}""")]
    [InlineData(503, """{"id":-500,"message":"Error from provider: [full]"}""")]
    public async Task What_the_api_refuses_or_a_provider_cannot_do_opens_no_breaker(int status, string body)
    {
        await using var server = await StartAsync(status, body);
        using var client = new ApiUnderTest(server.Endpoint, _time);

        await FailAsync(client, 20);

        Assert.Equal(20, server.Requests.Count);
    }

    [Fact]
    public async Task A_cancelled_probe_does_not_close_the_breaker()
    {
        await using var server = await StartAsync(500, "");
        using var client = new ApiUnderTest(server.Endpoint, _time);
        await FailAsync(client, 5);
        var arrived = new TaskCompletionSource();
        server.First(async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var caller = new CancellationTokenSource();

        _time.Advance(TimeSpan.FromSeconds(5));
        var probe = client.Api.ListAddonsAsync(ApiUnderTest.Organisation, caller.Token);
        await arrived.Task;
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
        Assert.Null((await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync)).Status);
        Assert.Equal(6, server.Requests.Count);
    }

    private static async Task FailAsync(ApiUnderTest client, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.NotNull((await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync)).Status);
        }
    }
}
