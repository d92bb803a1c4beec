using System.Net;
using System.Net.Sockets;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Tests.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class DialerTests
{
    private static readonly IPAddress[] Addresses = [.. new[] { "2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.2" }.Select(IPAddress.Parse)];

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _tried = [];
    private readonly Dictionary<string, TaskCompletionSource<Stream>> _answers = [];

    [Fact]
    public async Task An_address_that_says_nothing_holds_up_the_next_for_300_ms_only_and_families_take_turns()
    {
        var dialing = Dialer().DialAsync("api.example", 443, default);
        await Eventually.TrueAsync(() => _tried is ["2001:db8::1"]);
        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.Single(_tried);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Eventually.TrueAsync(() => _tried is [_, "192.0.2.1"]);
        using var stream = new MemoryStream();
        _answers["192.0.2.1"].SetResult(stream);
        Assert.Same(stream, await dialing);
    }

    [Fact]
    public async Task An_address_that_refuses_gives_way_at_once_and_the_first_failure_is_told()
    {
        var dialing = Dialer().DialAsync("api.example", 443, default);
        foreach (var address in new[] { "2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2" })
        {
            await Eventually.TrueAsync(() => _tried.Contains(address));
            _answers[address].SetException(new IOException("from " + address));
        }

        var failure = await Assert.ThrowsAsync<ConnectException>(() => dialing);
        Assert.Equal("no connection to api.example:443: from 2001:db8::1", failure.Message);
        Assert.Equal(["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2"], _tried);
    }

    [Fact]
    public async Task A_late_connection_is_closed()
    {
        var dialing = Dialer().DialAsync("api.example", 443, default);
        await Eventually.TrueAsync(() => _tried.Count == 1);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        await Eventually.TrueAsync(() => _tried.Count == 2);
        _answers["192.0.2.1"].SetResult(new MemoryStream());
        await dialing;
        var late = new MemoryStream();
        _answers["2001:db8::1"].SetResult(late);
        await Eventually.TrueAsync(() => !late.CanRead);
    }

    [Fact]
    public async Task A_name_nobody_knows_is_told() => Assert.Equal(
        FailureReason.UnknownHost,
        (await Assert.ThrowsAsync<ConnectException>(() => new Dialer((_, _) => throw new SocketException((int)SocketError.HostNotFound), (_, _) => null!, _time).DialAsync("x.invalid", 1, default))).Reason);

    private Dialer Dialer() => new(
        (_, _) => Task.FromResult(Addresses),
        (address, _) =>
        {
            _answers[address.Address.ToString()] = new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously);
            _tried.Add(address.Address.ToString());
            return _answers[address.Address.ToString()].Task;
        },
        _time);
}
