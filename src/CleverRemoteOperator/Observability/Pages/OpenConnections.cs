using System.Net;
using System.Net.Sockets;

namespace CleverRemoteOperator.Observability.Pages;

/// <summary>
/// The open connections of one listener. A new connection is always accepted: beyond the limits, the one that has been idle
/// longest is closed for it, so that no number of idle or slow ones can keep a probe out. One that has just been answered is closed last,
/// as its answer may still be in flight. Thread-safe.
/// </summary>
/// <param name="inAll">How many are open at once.</param>
/// <param name="perAddress">How many of them from one address.</param>
internal sealed class OpenConnections(int inAll, int perAddress)
{
    // One subscriber's share of IPv6, which can use every address of it.
    private const int SubscriberBytes = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<OpenConnection> _open = [];
    private readonly Dictionary<IPAddress, int> _counts = [];

    /// <summary>How many are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Accepts a connection; another is closed for it when the limit is reached.</summary>
    /// <param name="close">Ends the connection at once. Must not throw.</param>
    public OpenConnection Add(IPAddress? address, Action close)
    {
        var connection = new OpenConnection(this, Source(address ?? IPAddress.None), close);
        OpenConnection? closed = null;
        lock (_lock)
        {
            if (_counts.GetValueOrDefault(connection.Source) >= perAddress)
            {
                closed = Idlest(connection.Source);
            }
            else if (_open.Count >= inAll)
            {
                closed = Idlest(_counts.MaxBy(count => count.Value).Key);
            }

            if (closed is not null)
            {
                Drop(closed);
            }

            connection.Node = _open.AddLast(connection);
            _counts[connection.Source] = _counts.GetValueOrDefault(connection.Source) + 1;
        }

        closed?.Close();
        return connection;
    }

    internal void Change(OpenConnection connection, bool isServed)
    {
        lock (_lock)
        {
            connection.IsServed = isServed;
            if (connection.Node is { } node)
            {
                _open.Remove(node);
                _open.AddLast(node);
            }
        }
    }

    internal void Remove(OpenConnection connection)
    {
        lock (_lock)
        {
            Drop(connection);
        }
    }

    // The list is in the order of the last change, and MinBy takes the first.
    private OpenConnection Idlest(IPAddress source) => _open.Where(connection => connection.Source.Equals(source)).MinBy(connection => connection.IsServed)!;

    private void Drop(OpenConnection connection)
    {
        if (connection.Node is not { } node)
        {
            return;
        }

        connection.Node = null;
        _open.Remove(node);
        if (--_counts[connection.Source] == 0)
        {
            _counts.Remove(connection.Source);
        }
    }

    private static IPAddress Source(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(SubscriberBytes).Clear();
        return new IPAddress(bytes);
    }
}

/// <summary>One open connection; disposed when it has ended.</summary>
internal sealed class OpenConnection(OpenConnections all, IPAddress source, Action close) : IDisposable
{
    /// <summary>Whose connections are counted together.</summary>
    public IPAddress Source => source;

    internal bool IsServed { get; set; }

    internal LinkedListNode<OpenConnection>? Node { get; set; }

    /// <summary>A whole request has arrived.</summary>
    public void BeginAnswer() => all.Change(this, isServed: true);

    /// <summary>It is answered.</summary>
    public void EndAnswer() => all.Change(this, isServed: false);

    public void Dispose() => all.Remove(this);

    internal void Close() => close();
}
