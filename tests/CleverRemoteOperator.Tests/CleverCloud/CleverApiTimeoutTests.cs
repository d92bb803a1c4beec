using System.Net;
using System.Net.Sockets;
using CleverRemoteOperator.CleverCloud;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CleverApiTimeoutTests : IDisposable
{
    private readonly SemaphoreSlim _arrived = new(0);

    public void Dispose() => _arrived.Dispose();

    [Fact]
    public async Task A_slow_answer_is_given_up_after_10_s_and_asked_for_again()
    {
        var time = new ImpatientTime();
        await using var server = await CleverServer.StartAsync(200, "[]");
        server.First(HangAsync, HangAsync);
        using var client = new ApiUnderTest(server.Endpoint, time);

        var list = client.ListAsync();
        await _arrived.WaitAsync();
        time.Advance(TimeSpan.FromSeconds(10));
        await _arrived.WaitAsync();
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(await list);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_creation_without_an_answer_for_30_s_may_have_happened()
    {
        var time = new FakeTimeProvider();
        await using var server = await CleverServer.StartAsync(HangAsync);
        using var client = new ApiUnderTest(server.Endpoint, time);

        var creation = client.CreateAsync();
        await _arrived.WaitAsync();
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(creation.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => creation);
        Assert.Equal((null, true, true), (failure.Status, failure.CanRetry, failure.IsOutcomeUnknown));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_creation_that_never_got_past_the_handshake_did_not_happen()
    {
        var time = new FakeTimeProvider();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new ApiUnderTest(new Uri($"https://{listener.LocalEndpoint}"), time);

        var creation = client.CreateAsync();
        using var silent = await listener.AcceptSocketAsync();
        await silent.ReceiveAsync(new byte[1]); // the client's hello: it now waits for ours
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.False((await Assert.ThrowsAsync<CleverApiException>(() => creation)).IsOutcomeUnknown);
    }

    [Fact]
    public async Task A_call_ends_after_45_s_whatever_happens()
    {
        var time = new ImpatientTime();
        await using var server = await CleverServer.StartAsync(HangAsync);
        using var client = new ApiUnderTest(server.Endpoint, time, new CleverApiOptions { TryTimeout = TimeSpan.FromMinutes(1) });

        var list = client.ListAsync();
        await _arrived.WaitAsync();
        time.Advance(TimeSpan.FromSeconds(45));

        Assert.True((await Assert.ThrowsAsync<CleverApiException>(() => list)).CanRetry);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Who_cancels_hears_so_and_nothing_is_repeated()
    {
        await using var server = await CleverServer.StartAsync(HangAsync);
        using var client = new ApiUnderTest(server.Endpoint);
        using var caller = new CancellationTokenSource();

        var list = client.Api.ListAddonsAsync(ApiUnderTest.Organisation, caller.Token);
        await _arrived.WaitAsync();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => list);
        Assert.Single(server.Requests);
    }

    private async Task HangAsync(HttpContext context)
    {
        _arrived.Release();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
