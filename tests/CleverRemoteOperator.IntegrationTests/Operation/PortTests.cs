using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>What strangers can do to the ports: nothing a probe would notice.</summary>
public sealed class PortTests
{
    private const int IdleConnections = 2000;
    private const int SlowConnections = 200;
    private const int Probes = 40;
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(1);
    private static readonly byte[] Request = "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray();
    private static readonly byte[] HalfRequest = "GET /readyz HTTP/1.1\r\nHost: a\r\nX-Slow: "u8.ToArray();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Probes_are_answered_at_once_however_many_connections_idle_or_are_slow(bool isMetricsPort)
    {
        await using var scenario = await Scenario.CreateAsync();
        var port = await StartAsync(scenario, isMetricsPort);
        List<Socket> held = [];
        try
        {
            for (var i = 0; i < IdleConnections + SlowConnections; i++)
            {
                var socket = await ConnectAsync(port);
                held.Add(socket);
                await socket.SendAsync(i % 11 == 10 ? HalfRequest : Request);
            }

            List<TimeSpan> took = [];
            for (var i = 0; i < Probes; i++)
            {
                var started = Stopwatch.GetTimestamp();
                Assert.StartsWith("HTTP/1.1 200", await ProbeAsync(port), StringComparison.Ordinal);
                took.Add(Stopwatch.GetElapsedTime(started));
                await DripAsync(held);
            }

            // What else the machine does must not fail the test: most are as quick as they should be, and none waits for a second try.
            Assert.InRange(took.Order().ElementAt(Probes / 2), TimeSpan.Zero, ProbeLimit);
            Assert.All(took, time => Assert.InRange(time, TimeSpan.Zero, ProbePatience));
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /readyz HTTP/1.1\r\nX-Slow: ")]
    public async Task Who_says_nothing_or_drips_is_closed_within_seconds(string sent)
    {
        await using var scenario = await Scenario.CreateAsync();
        using var socket = await ConnectAsync(await StartAsync(scenario, isMetricsPort: false));
        await socket.SendAsync(Encoding.ASCII.GetBytes(sent));
        var isDripping = sent.EndsWith(' ');
        using var stop = new CancellationTokenSource();
        var dripping = isDripping ? DripAsync(socket, stop.Token) : Task.CompletedTask;

        var answer = await ReadToEndAsync(socket).WaitAsync(TimeSpan.FromSeconds(12));
        await stop.CancelAsync();
        await dripping;

        Assert.Equal(sent.Length == 0 ? "" : isDripping ? "HTTP/1.1 408" : "HTTP/1.1 200", answer.Split(" Request")[0].Split(" OK")[0]);
    }

    [Theory]
    [InlineData("Content-Length: 1000000")]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("Content-Length: 5\r\nExpect: 100-continue")]
    public async Task A_body_is_refused_at_once_and_its_sender_ended(string header)
    {
        await using var scenario = await Scenario.CreateAsync();
        using var socket = await ConnectAsync(await StartAsync(scenario, isMetricsPort: false));
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /readyz HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n"));

        var answer = await ReadAsync(socket).WaitAsync(TimeSpan.FromSeconds(2));

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        await ReadToEndAsync(socket).WaitAsync(TimeSpan.FromSeconds(12));
    }

    private static async Task<int> StartAsync(Scenario scenario, bool isMetricsPort)
    {
        var metrics = FreePort.Take();
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_OPERATOR_METRICS_LISTEN"] = $"127.0.0.1:{metrics}";
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = "apiVersion: v1";
        var process = scenario.Start(environment);
        await process.ReadyAsync();
        return isMetricsPort ? metrics : process.Port;
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    /// <summary>The answer to a probe on a connection of its own.</summary>
    private static async Task<string> ProbeAsync(int port)
    {
        using var socket = await ConnectAsync(port);
        await socket.SendAsync(Request);
        return await ReadAsync(socket).WaitAsync(TimeSpan.FromSeconds(5));
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var buffer = new byte[1024];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var read = new StringBuilder();
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) is var count and > 0)
            {
                read.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // Closed with something of ours unread; what came before counts.
        }

        return read.ToString();
    }

    // A byte more of each that is slow; those that were closed meanwhile do not matter.
    private static async Task DripAsync(List<Socket> held)
    {
        for (var i = 10; i < held.Count; i += 11)
        {
            await TrySendAsync(held[i]);
        }
    }

    private static async Task DripAsync(Socket socket, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await TrySendAsync(socket))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> TrySendAsync(Socket socket)
    {
        try
        {
            return await socket.SendAsync("x"u8.ToArray()) > 0;
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
