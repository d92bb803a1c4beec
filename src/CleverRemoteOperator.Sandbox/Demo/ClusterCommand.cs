using System.CommandLine;
using System.CommandLine.Parsing;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary><c>cluster</c>: one Kubernetes API of the sandbox alone, until a signal ends it.</summary>
internal static class ClusterCommand
{
    private const int BadInput = 2;

    public static Command Create()
    {
        var name = new Option<string>("--name") { Description = "Name of the cluster and of the kubeconfigs' context.", CustomParser = ParseName, DefaultValueFactory = _ => "sandbox" };
        var listen = ListenOption.Create(example: 6443);
        var admin = new Option<string>("--kubeconfig-out") { Description = "File to write the administrator's kubeconfig to.", Required = true };
        var viewer = new Option<string?>("--viewer-kubeconfig-out") { Description = "File for the kubeconfig of a user who may only read." };
        var denied = new Option<string?>("--denied-kubeconfig-out") { Description = "File for the kubeconfig of a user who may do nothing." };
        var command = new Command("cluster", "Serves a Kubernetes API in memory over HTTPS.") { name, listen, admin, viewer, denied };
        command.SetAction((result, cancellationToken) => RunAsync(
            new KubernetesApiServerOptions { Name = result.GetValue(name)!, Listen = result.GetValue(listen)! },
            [(ClusterUser.Admin, result.GetValue(admin)), (ClusterUser.Viewer, result.GetValue(viewer)), (ClusterUser.Denied, result.GetValue(denied))],
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        KubernetesApiServerOptions options, IReadOnlyList<(ClusterUser User, string? File)> kubeconfigs, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await KubernetesApiServer.StartAsync(options, cancellationToken);
            foreach (var (user, file) in kubeconfigs)
            {
                if (file is not null)
                {
                    await PrivateFile.WriteAsync(file, server.Kubeconfig(user), cancellationToken);
                }
            }

            await Console.Out.WriteLineAsync($"Kubernetes API {options.Name} ready at {server.Address}");
            await Console.Out.WriteLineAsync($"Try: kubectl --kubeconfig {kubeconfigs[0].File} get namespaces");
            await Task.Delay(Timeout.InfiniteTimeSpan, options.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BadInput;
        }
    }

    private static string? ParseName(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Names.CheckSubdomain(text) is not null)
        {
            result.AddError($"--name '{text}' is not allowed; lower case letters, digits, '-' and '.' are, such as paris");
        }

        return text;
    }
}
