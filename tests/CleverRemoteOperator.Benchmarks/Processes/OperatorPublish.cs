using System.Diagnostics;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Processes;

/// <summary>The operator built as it is shipped, in a folder of its own.</summary>
internal sealed class OperatorPublish : IDisposable
{
    private readonly string? _temporary;

    private OperatorPublish(string folder, string? temporary) => (Folder, _temporary) = (folder, temporary);

    public string Folder { get; }

    public OperatorProgram Program => OperatorProgram.In(Folder) ?? throw new InvalidOperationException($"{Folder} has no operator.");

    /// <summary>The one in that folder, or one that is published now.</summary>
    /// <param name="isManaged">Published for the .NET runtime, not as a native program.</param>
    /// <exception cref="InvalidOperationException">It cannot be published; the message says why.</exception>
    public static async Task<OperatorPublish> PrepareAsync(string? folder, bool isManaged, TextWriter progress)
    {
        if (folder is not null)
        {
            return new(folder, null);
        }

        await progress.WriteLineAsync("publishing the operator …");
        var made = new OperatorPublish(Directory.CreateTempSubdirectory("operator-publish-").FullName);
        try
        {
            await RunAsync("dotnet", ["publish", Repository.PathOf("src", "CleverRemoteOperator"), "--framework", "net10.0", "--configuration", "Release", "--output", made.Folder, $"-p:PublishAot={(isManaged ? "false" : "true")}"]);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    private OperatorPublish(string temporary)
        : this(temporary, temporary)
    {
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start.");
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The operator cannot be published:\n{string.Concat(output)}");
        }
    }
}
