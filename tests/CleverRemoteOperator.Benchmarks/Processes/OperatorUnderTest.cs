using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Processes;

/// <summary>A published operator that serves a fleet, and what it tells of itself.</summary>
internal sealed class OperatorUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan QuickLook = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new();
    private readonly GuardedProcess _process;
    private readonly TimeProvider _time;
    private readonly Uri _page;

    public OperatorUnderTest(OperatorPublish publish, ServerFleet fleet, TimeProvider time)
    {
        _time = time;
        var port = FreePort.Take();
        _page = new Uri($"http://127.0.0.1:{port}/metrics");
        Started = time.GetTimestamp();
        _process = publish.Program.Start(fleet.OperatorEnvironment(port), fleet.Folder);
    }

    public int Id => _process.Id;

    /// <summary>When its process was started.</summary>
    public long Started { get; }

    /// <summary>Reads a page; gives how long that took.</summary>
    public async Task<TimeSpan> ScrapeAsync(string page)
    {
        var start = _time.GetTimestamp();
        await _client.GetByteArrayAsync(new Uri(_page, page));
        return _time.GetElapsedTime(start);
    }

    public async Task<MetricsPage> MetricsAsync() => new(await _client.GetStringAsync(_page));

    /// <summary>Reads the metrics again and again until they are so; they have no watch.</summary>
    /// <param name="pause">Between two looks. Default 10 ms.</param>
    /// <exception cref="InvalidOperationException">The process ended, or they never were; the message has what it wrote.</exception>
    public async Task<MetricsPage> UntilAsync(Func<MetricsPage, bool> isSo, TimeSpan patience, TimeSpan? pause = null)
    {
        var start = _time.GetTimestamp();
        while (_time.GetElapsedTime(start) < patience && !_process.HasExited)
        {
            if (await TryMetricsAsync() is { } page && isSo(page))
            {
                return page;
            }

            await Task.Delay(pause ?? QuickLook, _time);
        }

        throw Failure(_process.HasExited ? "ended" : $"did not get there within {patience.TotalSeconds} s");
    }

    /// <summary>SIGTERM; returns when it has ended.</summary>
    public async Task StopAsync()
    {
        _process.Signal("TERM");
        if (await _process.WaitAsync(StopLimit) is not 0 and var code)
        {
            throw Failure($"ended with {code}");
        }
    }

    /// <summary>An exception with the end of what it wrote.</summary>
    public InvalidOperationException Failure(string what) =>
        new($"The operator {what}; it wrote at last:\n{string.Join('\n', _process.Output.Split('\n').TakeLast(20))}");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<MetricsPage?> TryMetricsAsync()
    {
        try
        {
            return await MetricsAsync();
        }
        catch (HttpRequestException)
        {
            // Not there yet.
            return null;
        }
    }
}
