using System.Net;
using System.Net.Sockets;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>A port of its own before a server: closed it is a server that is down, held it is one that hangs.</summary>
internal sealed class Relay(Uri target) : IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly Uri _target = target;
    private readonly int _port = FreePort.Take();
    private CancellationTokenSource _closing = new();
    private TaskCompletionSource _flow = Flowing();
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where clients find the server.</summary>
    public Uri Address => new UriBuilder(_target) { Host = "127.0.0.1", Port = _port }.Uri;

    /// <summary>Accepts connections from now on.</summary>
    public void Open()
    {
        _closing = new();
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _accepting = AcceptAsync(listener, _closing.Token);
    }

    /// <summary>Cuts all connections; new ones are refused.</summary>
    public async Task CloseAsync()
    {
        await _closing.CancelAsync();
        await _accepting;
        _closing.Dispose();
    }

    /// <summary>Takes connections and bytes from now on, and passes nothing on.</summary>
    public void Hold() => _flow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Passes on again, first what was held.</summary>
    public void Release() => _flow.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        if (!_accepting.IsCompleted)
        {
            await CloseAsync();
        }
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken closing)
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(closing), closing));
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            listener.Dispose();
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken closing)
    {
        using var near = client;
        using var far = new TcpClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(closing);
        try
        {
            await far.ConnectAsync(_target.Host, _target.Port, closing);
            await Task.WhenAny(CopyAsync(near, far, ended.Token), CopyAsync(far, near, ended.Token));
            await ended.CancelAsync();
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            // Either side may go at any time; the other side learns it by the end of its connection.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, CancellationToken ended)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, ended) is > 0 and var count)
            {
                await _flow.Task.WaitAsync(ended);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), ended);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection is over.
        }
    }

    private static TaskCompletionSource Flowing()
    {
        var flow = new TaskCompletionSource();
        flow.SetResult();
        return flow;
    }
}
