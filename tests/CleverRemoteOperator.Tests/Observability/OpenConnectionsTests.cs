using System.Net;
using CleverRemoteOperator.Observability;

namespace CleverRemoteOperator.Tests.Observability;

public sealed class OpenConnectionsTests
{
    private readonly List<string> _closed = [];

    [Fact]
    public void A_newcomer_is_let_in_and_the_one_that_was_answered_longest_ago_is_closed_for_it()
    {
        var all = new OpenConnections(inAll: 8, perAddress: 3);
        var first = Open(all, "192.0.2.1", "first");
        var second = Open(all, "192.0.2.1", "second");
        Open(all, "192.0.2.1", "says nothing");
        Answer(second);
        Answer(first);

        Open(all, "192.0.2.1", "newcomer");
        Assert.Equal(["second"], _closed);
        Open(all, "192.0.2.1", "another newcomer");
        Assert.Equal(["second", "first"], _closed);
        Open(all, "192.0.2.1", "a third newcomer");

        Assert.Equal(["second", "first", "says nothing"], _closed);
        Assert.Equal(3, all.Count);
    }

    [Fact]
    public void One_that_is_being_answered_is_the_last_to_be_closed()
    {
        var all = new OpenConnections(inAll: 8, perAddress: 2);
        Open(all, "192.0.2.1", "busy").BeginAnswer();
        Open(all, "192.0.2.1", "silent");

        Open(all, "192.0.2.1", "newcomer");

        Assert.Equal(["silent"], _closed);
    }

    [Fact]
    public void Where_all_are_too_many_the_address_with_the_most_gives_one_up()
    {
        var all = new OpenConnections(inAll: 4, perAddress: 8);
        Open(all, "192.0.2.7", "a probe");
        Open(all, "192.0.2.1", "one");
        Open(all, "192.0.2.1", "two");
        Open(all, "192.0.2.1", "three");

        Open(all, "192.0.2.9", "newcomer");

        Assert.Equal(["one"], _closed);
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void An_IPv6_subscriber_counts_as_one_address_however_many_it_uses(string one, string other, bool isOne)
    {
        var all = new OpenConnections(inAll: 8, perAddress: 1);
        Open(all, one, "one");

        Open(all, other, "other");

        Assert.Equal(isOne ? ["one"] : [], _closed);
    }

    [Fact]
    public void What_has_ended_leaves_room_and_is_not_closed_again()
    {
        var all = new OpenConnections(inAll: 8, perAddress: 1);
        var first = Open(all, "192.0.2.1", "first");
        first.Dispose();
        Open(all, "192.0.2.1", "second");
        first.EndAnswer();
        first.Dispose();

        Assert.Empty(_closed);
        Assert.Equal(1, all.Count);
    }

    private OpenConnection Open(OpenConnections all, string address, string name) => all.Add(IPAddress.Parse(address), () => _closed.Add(name));

    private static void Answer(OpenConnection connection)
    {
        connection.BeginAnswer();
        connection.EndAnswer();
    }
}
