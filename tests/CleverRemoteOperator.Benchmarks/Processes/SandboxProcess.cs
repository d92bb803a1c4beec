using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Processes;

/// <summary>One server of the sandbox, as a process of its own.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private const string Program = "clever-remote-operator-sandbox.dll";
    private const string ReadyWord = " ready at ";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly GuardedProcess _process;

    private SandboxProcess(GuardedProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <param name="command">The sandbox's command with its options.</param>
    /// <param name="folder">Its working directory and home.</param>
    /// <exception cref="InvalidOperationException">It did not come up; the message has what it wrote.</exception>
    public static Task<SandboxProcess> StartAsync(string folder, params string[] command) => StartProgramAsync(Program, folder, command);

    /// <summary>The same of a command of this very program.</summary>
    public static Task<SandboxProcess> StartHostileAsync(string folder, params string[] command) =>
        StartProgramAsync(Path.GetFileName(typeof(SandboxProcess).Assembly.Location), folder, command);

    private static async Task<SandboxProcess> StartProgramAsync(string program, string folder, string[] command)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "", ["HOME"] = folder };
        var process = new GuardedProcess("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. command], environment, folder);
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(string line)
        {
            if (line.IndexOf(ReadyWord, StringComparison.Ordinal) is > 0 and var at)
            {
                ready.TrySetResult(new Uri(line[(at + ReadyWord.Length)..]));
            }
        }

        process.LineWritten += Look;
        foreach (var line in process.Output.Split('\n'))
        {
            Look(line);
        }

        try
        {
            return new(process, await ready.Task.WaitAsync(StartTimeout));
        }
        catch (TimeoutException)
        {
            await process.DisposeAsync();
            throw new InvalidOperationException($"{command[0]} did not start; it wrote:\n{process.Output}");
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
