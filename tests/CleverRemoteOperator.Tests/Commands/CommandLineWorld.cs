using CleverRemoteOperator.Commands;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Tests.Configuration;

namespace CleverRemoteOperator.Tests.Commands;

/// <summary>Runs command lines in a folder of their own; where the operator would run, it is only noted.</summary>
internal sealed class CommandLineWorld : IDisposable
{
    public const string Kubeconfig = """
        apiVersion: v1
        kind: Config
        current-context: admin
        contexts: [{name: admin, context: {cluster: one, user: me}}]
        clusters: [{name: one, cluster: {server: "https://api.paris.example:6443"}}]
        users: [{name: me, user: {token: hidden-word}}]
        """;

    public ConfigurationFolder Folder { get; } = new();

    /// <summary>With what the operator would have run.</summary>
    public List<OperatorConfiguration> Runs { get; } = [];

    /// <summary>The exit code it would have ended with.</summary>
    public int RunEndsWith { get; set; }

    /// <summary>What it would have failed with; null for nothing.</summary>
    public Exception? RunThrows { get; set; }

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, Folder.Environment(), Run, output, error);
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => Folder.Dispose();

    private Task<int> Run(OperatorConfiguration configuration, CancellationToken token)
    {
        Runs.Add(configuration);
        return RunThrows is null ? Task.FromResult(RunEndsWith) : Task.FromException<int>(RunThrows);
    }
}
