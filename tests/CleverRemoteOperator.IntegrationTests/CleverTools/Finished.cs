using System.Diagnostics;

namespace CleverRemoteOperator.IntegrationTests.CleverTools;

/// <summary>A process that ended: its exit code and what it wrote.</summary>
internal sealed record Finished(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Runs a process to its end; over <paramref name="timeout"/> it is killed.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    /// <param name="input">What it reads; nothing by default.</param>
    public static async Task<Finished> RunAsync(ProcessStartInfo start, TimeSpan timeout, string? input = null)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        var command = $"{Path.GetFileName(start.FileName)} {string.Join(' ', start.ArgumentList)}";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not end within {timeout}; so far it wrote: {await output} {await error}");
        }

        return new Finished(command, process.ExitCode, await output, await error);
    }

    /// <summary>All a failed assertion needs to be understood.</summary>
    public override string ToString() => $"{Command}\nexit code {ExitCode}\n{Output}\n{Error}";
}
