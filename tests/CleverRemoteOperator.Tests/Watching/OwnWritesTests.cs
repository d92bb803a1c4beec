using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class OwnWritesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly OwnWrites _writes;

    public OwnWritesTests() => _writes = new OwnWrites(_time);

    [Fact]
    public void A_pass_reads_what_was_written_until_the_watch_shows_it()
    {
        _writes.Remember(At("9"), isAllOurs: true);
        _writes.Remember(At("10"), isAllOurs: true);

        Assert.Equal("10", _writes.Newest(At("8")).ResourceVersion);
        Assert.True(_writes.IsEcho(At("9")));
        Assert.True(_writes.IsEcho(At("10")));
        Assert.False(_writes.IsEcho(At("11")));
        Assert.Equal("11", _writes.Newest(At("11")).ResourceVersion);
    }

    [Fact]
    public void A_change_of_somebody_else_in_between_makes_nothing_an_echo()
    {
        _writes.Remember(At("10"), isAllOurs: false);
        _writes.Remember(At("11"), isAllOurs: true);

        Assert.False(_writes.IsEcho(At("9")));
    }

    [Fact]
    public void What_a_server_lost_when_it_was_restored_from_a_backup_is_lost()
    {
        _writes.Remember(At("1000"), isAllOurs: true);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.False(_writes.IsEcho(At("7")));
        Assert.Equal("7", _writes.Newest(At("7")).ResourceVersion);
    }

    [Fact]
    public void What_no_watch_ever_shows_is_not_kept_for_good()
    {
        for (var number = 0; number < 1000; number++)
        {
            _writes.Remember(At("1") with { Uid = $"u-{number}" }, isAllOurs: true);
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.InRange(_writes.Count, 1, 50);
    }

    [Fact]
    public void What_there_is_no_room_for_is_not_kept_and_what_was_shown_or_is_gone_makes_room()
    {
        using var process = new MemoryShare(16 * 1024);
        var writes = new OwnWrites(_time, process.Join("paris", 1));
        for (var number = 0; number < 1000; number++)
        {
            writes.Remember(At("2") with { Uid = $"u-{number}" }, isAllOurs: true);
        }

        Assert.InRange(writes.Count, 10, 30);
        Assert.True(writes.IsEcho(At("2") with { Uid = "u-0" }));
        for (var number = 0; number < 1000; number++)
        {
            writes.Forget($"u-{number}");
        }

        Assert.Equal((0, 0), (writes.Count, (int)process.Used));
    }

    private static AddonResource At(string revision) => new()
    {
        ApiVersion = RunningWatch.Redis.ApiVersion,
        Kind = RunningWatch.Redis.Kind,
        Namespace = "a",
        Name = "b",
        Uid = "u",
        ResourceVersion = revision,
    };
}
