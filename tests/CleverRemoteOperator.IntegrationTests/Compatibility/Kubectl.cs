using System.ComponentModel;
using System.Diagnostics;
using CleverRemoteOperator.IntegrationTests.CleverTools;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>The real kubectl with a home of its own, for one cluster and namespace.</summary>
internal sealed class Kubectl : IDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(1);

    private readonly string _home = Directory.CreateTempSubdirectory("kubectl-").FullName;

    private Kubectl()
    {
    }

    /// <summary>Skips the test when there is no kubectl.</summary>
    public static async Task<Kubectl> CreateAsync(TestCluster cluster, string @namespace)
    {
        var kubectl = new Kubectl();
        await File.WriteAllTextAsync(Path.Combine(kubectl._home, "kubeconfig"), cluster.Kubeconfig());
        try
        {
            await kubectl.SaysAsync(null, "config", "set-context", "--current", $"--namespace={@namespace}");
            return kubectl;
        }
        catch (Win32Exception)
        {
            kubectl.Dispose();
            Assert.Skip("kubectl is not on the PATH.");
            throw;
        }
    }

    /// <summary>Runs kubectl, which must succeed, and returns what it printed.</summary>
    /// <param name="input">What it reads; null for nothing.</param>
    public async Task<string> SaysAsync(string? input, params string[] arguments)
    {
        var result = await Finished.RunAsync(Start("kubectl", arguments), CommandTimeout, input);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }

    /// <summary>Runs a line of a shell, which may hold pipes, with kubectl on its path.</summary>
    public Task<Finished> RunLineAsync(string line, string folder)
    {
        var start = Start("bash", "-c", line);
        start.WorkingDirectory = folder;
        return Finished.RunAsync(start, CommandTimeout);
    }

    /// <summary>Runs another program that finds the cluster as kubectl does.</summary>
    public Task<Finished> RunAsync(string program, params string[] arguments) => Finished.RunAsync(Start(program, arguments), CommandTimeout);

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _home };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = _home;
        start.Environment["KUBECONFIG"] = Path.Combine(_home, "kubeconfig");
        start.Environment["EDITOR"] = "true";
        return start;
    }
}
