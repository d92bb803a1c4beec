using System.Globalization;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>The operator as a process of its own, which knows nothing but the environment it is given.</summary>
internal sealed class OperatorProcess : IAsyncDisposable
{
    /// <summary>Long enough for a loaded machine; nobody waits this long where all goes well.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly GuardedProcess _process;
    private readonly HttpClient _client = new();

    /// <param name="folder">Its working directory and home.</param>
    public OperatorProcess(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        Port = FreePort.Take();
        Dictionary<string, string> all = new()
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
            ["HOME"] = folder,
            ["CLEVER_OPERATOR_OPERATOR_LISTEN"] = $"127.0.0.1:{Port}",
            ["CLEVER_OPERATOR_OPERATOR_METRICS_LISTEN"] = $"127.0.0.1:{Port}",
        };
        foreach (var (name, value) in environment)
        {
            all[name] = value;
        }

        SuiteSecrets.AddFrom(all);
        foreach (var text in all.Values)
        {
            SuiteSecrets.AddFrom(text);
        }

        _process = OperatorProgram.UnderTest.Start(all, folder, arguments);
    }

    /// <summary>The one port of probes, status and metrics, unless the environment says otherwise.</summary>
    public int Port { get; }

    /// <summary>All it wrote so far.</summary>
    public string Output => _process.Output;

    /// <summary>Its status and metrics as they are now; nothing when it does not answer.</summary>
    public async Task<IReadOnlyList<string>> PagesAsync()
    {
        try
        {
            return _process.HasExited ? [] : [await PageAsync("/status"), await PageAsync("/metrics")];
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }

    /// <summary>Waits until it answers that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message has its output.</exception>
    public async Task ReadyAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await IsReadyAsync())
        {
            if (_process.HasExited || deadline.IsCancellationRequested)
            {
                throw new InvalidOperationException($"The operator is not ready; it wrote:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Waits until it wrote this text.</summary>
    /// <exception cref="TimeoutException">It did not in time; the message has its output.</exception>
    public async Task WroteAsync(string text, TimeSpan? timeout = null)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(string line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                written.TrySetResult();
            }
        }

        _process.LineWritten += Look;
        Look(Output);
        try
        {
            await written.Task.WaitAsync(timeout ?? Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The operator did not write '{text}' but:\n{Output}");
        }
        finally
        {
            _process.LineWritten -= Look;
        }
    }

    /// <summary>Answer's text to a GET of a page, such as <c>/metrics</c>.</summary>
    public Task<string> PageAsync(string path) => _client.GetStringAsync(new Uri($"http://127.0.0.1:{Port}{path}"));

    /// <summary>What <c>/status</c> says of one cluster; null when it is not there.</summary>
    public async Task<JsonObject?> StatusOfAsync(string cluster) =>
        JsonNode.Parse(await PageAsync("/status"))!["clusters"]!.AsArray().FirstOrDefault(entry => (string?)entry!["name"] == cluster)?.AsObject();

    /// <summary>Waits until <c>/status</c> says this of a cluster; the page has no watch, so it is read again and again.</summary>
    public Task UntilStatusAsync(string cluster, Func<JsonObject?, bool> isSo, TimeSpan? timeout = null) =>
        UntilAsync(() => StatusOfAsync(cluster), isSo, timeout ?? Patience);

    /// <summary>The samples of one metric, each as its line.</summary>
    public async Task<IReadOnlyList<string>> SamplesAsync(string metric) =>
        [.. (await PageAsync("/metrics")).Split('\n').Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal))];

    /// <summary>Waits until a metric's samples, all labels together, come to at least this.</summary>
    public Task UntilMetricAsync(string metric, double atLeast) => UntilAsync(
        async () => (await SamplesAsync(metric)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)),
        sum => sum >= atLeast, Patience);

    /// <summary>Waits until the cluster's watches all run.</summary>
    public Task SyncedAsync(string cluster) => UntilStatusAsync(cluster, status => (string?)status?["state"] == "Synced");

    /// <summary>Waits for its end and returns the exit code.</summary>
    public Task<int> ExitAsync(TimeSpan? timeout = null) => _process.WaitAsync(timeout ?? Patience);

    /// <summary>Sends a signal, such as <c>TERM</c>, and returns the exit code, which is 0; over 20 s is a failure unless said otherwise.</summary>
    public async Task<int> StopAsync(string signal = "TERM", TimeSpan? timeout = null)
    {
        _process.Signal(signal);
        var code = await _process.WaitAsync(timeout ?? TimeSpan.FromSeconds(20));
        return code == 0 ? code : throw new InvalidOperationException($"The operator ended with {code}; it wrote:\n{Output}");
    }

    /// <summary>Sends a signal, such as <c>STOP</c>, and waits for nothing.</summary>
    public void Signal(string signal) => _process.Signal(signal);

    /// <summary>Ends it at once, as a crash would.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        SuiteSecrets.RequireNone([Output]);
    }

    private async Task UntilAsync<T>(Func<Task<T>> read, Func<T, bool> isSo, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        while (await read() is var value && !isSo(value))
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Not as expected within {timeout}: {value}; the operator wrote:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri($"http://127.0.0.1:{Port}/readyz"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
