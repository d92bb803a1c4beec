using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>A proxy that speaks HTTP's CONNECT and SOCKS 5 on one port, and leads every name to this machine.</summary>
/// <param name="user">User and password it asks for, <c>user:password</c>; null for none.</param>
internal sealed class TestProxy(string? user = null) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Where connections were led, as <c>host:port</c>.</summary>
    public ConcurrentQueue<string> Targets { get; } = new();

    /// <summary>Begins to listen; gives host and port.</summary>
    public string Start()
    {
        _listener.Start();
        _ = AcceptAsync();
        return _listener.LocalEndpoint.ToString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            var stream = client.GetStream();
            var first = (await BytesAsync(stream, 1))[0];
            if (await (first == 5 ? Socks5Async(stream) : ConnectAsync(stream, first)) is not { } port)
            {
                return;
            }

            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
            await Task.WhenAny(stream.CopyToAsync(server.GetStream(), _stop.Token), server.GetStream().CopyToAsync(stream, _stop.Token));
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One of both hung up.
        }
    }

    private async Task<int?> ConnectAsync(NetworkStream stream, byte first)
    {
        var head = new StringBuilder().Append((char)first);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await BytesAsync(stream, 1))[0]);
        }

        var text = head.ToString();
        if (user is not null && !text.Contains($"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(user))}\r\n", StringComparison.Ordinal))
        {
            await stream.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
            return null;
        }

        var target = text.Split(' ')[1];
        Targets.Enqueue(target);
        await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
        return int.Parse(target[(target.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<int?> Socks5Async(NetworkStream stream)
    {
        var methods = await BytesAsync(stream, (await BytesAsync(stream, 1))[0]);
        var method = (byte)(user is null ? 0 : methods.Contains((byte)2) ? 2 : 255);
        await stream.WriteAsync(new byte[] { 5, method }, _stop.Token);
        if (method == 255)
        {
            return null;
        }

        if (method == 2)
        {
            await BytesAsync(stream, 1);
            var name = Encoding.UTF8.GetString(await BytesAsync(stream, (await BytesAsync(stream, 1))[0]));
            var password = Encoding.UTF8.GetString(await BytesAsync(stream, (await BytesAsync(stream, 1))[0]));
            await stream.WriteAsync(new byte[] { 1, (byte)($"{name}:{password}" == user ? 0 : 1) }, _stop.Token);
        }

        var request = await BytesAsync(stream, 4);
        var host = request[3] == 3
            ? Encoding.UTF8.GetString(await BytesAsync(stream, (await BytesAsync(stream, 1))[0]))
            : new IPAddress(await BytesAsync(stream, request[3] == 1 ? 4 : 16)).ToString();
        var port = await BytesAsync(stream, 2);
        Targets.Enqueue($"{host}:{(port[0] << 8) + port[1]}");
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, _stop.Token);
        return (port[0] << 8) + port[1];
    }

    private async Task<byte[]> BytesAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }
}
