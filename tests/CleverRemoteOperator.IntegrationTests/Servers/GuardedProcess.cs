using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>A child process that cannot outlive this one: even when the tests are killed, it is killed.</summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    // The guard waits for a line on the pipe from us; a pipe that ends without one means that we are gone. The program keeps the shell's pid.
    // Whoever runs the tests in the background may have SIGINT ignored, and so would the program: it is given back, where env can do that.
    private const string Guard =
        "exec 3<&0; (read line <&3 || kill -9 $$) >/dev/null 2>&1 & "
        + "env --default-signal=INT true 2>/dev/null && set -- env --default-signal=INT \"$@\"; exec \"$@\" 3<&- </dev/null";

    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Task _reading;
    private bool _isGuarded = true;

    public GuardedProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>Tells each line as it is written, to any thread.</summary>
    public event Action<string>? LineWritten;

    /// <summary>Its number for the operating system.</summary>
    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>All it wrote so far, both streams.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Sends a signal, such as <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end and returns the exit code.</summary>
    /// <exception cref="TimeoutException">It still runs.</exception>
    public async Task<int> WaitAsync(TimeSpan timeout)
    {
        await _process.WaitForExitAsync().WaitAsync(timeout);
        await _reading.WaitAsync(timeout);
        DismissGuard();
        return _process.ExitCode;
    }

    /// <summary>Ends it at once, as a crash would, and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync().WaitAsync(KillTimeout);
        DismissGuard();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    // The pid is not ours any more.
    private void DismissGuard()
    {
        if (!_isGuarded)
        {
            return;
        }

        _isGuarded = false;
        try
        {
            _process.StandardInput.WriteLine();
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has gone by itself, or never came: killed together with the shell that was to start it.
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            LineWritten?.Invoke(line);
        }
    }
}
