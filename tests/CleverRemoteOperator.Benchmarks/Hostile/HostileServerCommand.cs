using System.CommandLine;
using System.Diagnostics;

namespace CleverRemoteOperator.Benchmarks.Hostile;

/// <summary><c>hostile-server</c>: a Kubernetes API that misbehaves, as a process of its own until it is killed.</summary>
internal static class HostileServerCommand
{
    public const string Name = "hostile-server";

    public const string KubeconfigOption = "--kubeconfig-out";

    public static Command Create()
    {
        var file = new Option<string>(KubeconfigOption) { Description = "File to write a kubeconfig to.", Required = true };
        var command = new Command(Name, "Serves a Kubernetes API that misbehaves in every way, for isolation.") { file };
        command.SetAction(async (parsed, token) =>
        {
            // Elsewhere it has a processor of its own: here it gets what the measured ones leave.
            using (var self = Process.GetCurrentProcess())
            {
                self.PriorityClass = ProcessPriorityClass.Idle;
            }

            await using var server = await HostileServer.StartAsync();
            var path = parsed.GetValue(file)!;
            await File.WriteAllTextAsync(path, server.Kubeconfig(Path.GetFileNameWithoutExtension(path)), token);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{Name} ready at {server.Address}");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        });
        return command;
    }
}
