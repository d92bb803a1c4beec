using System.Net;
using System.Net.Sockets;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>
/// Opens TCP connections as Go's dialer does: of the addresses of a name the next is tried too when one has not answered within 300 ms,
/// IPv6 and IPv4 in turns; the first that answers is taken.
/// </summary>
/// <param name="resolve">The addresses of a name.</param>
/// <param name="connect">Opens a connection to one of them.</param>
internal sealed class Dialer(
    Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPEndPoint, CancellationToken, Task<Stream>> connect, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private const int KeepAliveSeconds = 30;

    /// <summary>One that uses the machine's own network.</summary>
    public static Dialer OfThisMachine(TimeProvider time) => new(Dns.GetHostAddressesAsync, ConnectAsync, time);

    /// <summary>A connection to a host by name or address.</summary>
    /// <exception cref="ConnectException">There is none.</exception>
    public async Task<Stream> DialAsync(string host, int port, CancellationToken token)
    {
        var addresses = await ResolveAsync(host, token);
        using var others = CancellationTokenSource.CreateLinkedTokenSource(token);
        var waiting = new Queue<IPAddress>(InTurns(addresses));
        var running = new List<Task<Stream>>();
        Exception? failure = null;
        while (waiting.Count + running.Count > 0)
        {
            if (waiting.TryDequeue(out var next))
            {
                running.Add(connect(new IPEndPoint(next, port), others.Token));
            }

            var patience = waiting.Count > 0 ? Task.Delay(Patience, time, others.Token) : Task.Delay(Timeout.InfiniteTimeSpan, time, others.Token);
            var first = await Task.WhenAny([.. running, patience]);
            token.ThrowIfCancellationRequested();
            if (first is not Task<Stream> ended)
            {
                continue;
            }

            running.Remove(ended);
            if (ended.IsCompletedSuccessfully)
            {
                await others.CancelAsync();
                running.ForEach(Abandon);
                return ended.Result;
            }

            failure ??= ended.Exception?.InnerException;
        }

        throw new ConnectException(FailureReason.NoConnection, $"no connection to {host}:{port}: {failure?.Message}", failure);
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken token)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return [address];
        }

        try
        {
            return await resolve(host, token);
        }
        catch (SocketException failure)
        {
            throw new ConnectException(FailureReason.UnknownHost, $"the name {host} does not resolve", failure);
        }
    }

    private static IEnumerable<IPAddress> InTurns(IPAddress[] addresses)
    {
        var sameAsFirst = addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily).ToList();
        var others = addresses.Except(sameAsFirst).ToList();
        for (var at = 0; at < Math.Max(sameAsFirst.Count, others.Count); at++)
        {
            foreach (var list in new[] { sameAsFirst, others }.Where(list => at < list.Count))
            {
                yield return list[at];
            }
        }
    }

    private static void Abandon(Task<Stream> attempt) => attempt.ContinueWith(
        late =>
        {
            if (late.IsCompletedSuccessfully)
            {
                late.Result.Dispose();
            }
            else
            {
                _ = late.Exception;
            }
        },
        TaskScheduler.Default);

    private static async Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken token)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A peer that is gone without a word is noticed, also where HTTP/1.1 has no pings.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
            await socket.ConnectAsync(address, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
