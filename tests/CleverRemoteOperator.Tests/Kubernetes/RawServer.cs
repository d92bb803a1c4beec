using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CleverRemoteOperator.Tests.Kubernetes;

/// <summary>Listens, and does with each connection what a test asks for.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _open = [];
    private readonly Task _accepting;

    private RawServer(Func<Socket, CancellationToken, Task> serve)
    {
        _listener.Start();
        _accepting = AcceptAsync(serve);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static RawServer Of(Func<Socket, CancellationToken, Task> serve) => new(serve);

    /// <summary>Takes connections and says nothing.</summary>
    public static RawServer Silent() => new((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));

    /// <summary>Reads a request, answers this very text, and hangs up.</summary>
    public static RawServer Answering(string text, bool isReset = false) => new(async (socket, stop) =>
    {
        await socket.ReceiveAsync(new byte[4096], stop);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), stop);
        socket.LingerState = new LingerOption(isReset, 0);
        socket.Close();
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _open.ForEach(socket => socket.Dispose());
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> serve)
    {
        while (true)
        {
            var socket = await _listener.AcceptSocketAsync(_stop.Token);
            _open.Add(socket);
            _ = serve(socket, _stop.Token);
        }
    }
}
