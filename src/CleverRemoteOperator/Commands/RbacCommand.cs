using System.CommandLine;
using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Commands;

/// <summary><c>rbac view [--namespace NS]… [--lease-namespace NS] [--no-secret-list] [--restart | --service-binding] [--output folder]</c>.</summary>
internal static class RbacCommand
{
    private const string FileName = "rbac.yaml";

    public static Command Create()
    {
        var command = new Command("rbac", "Show the permissions the operator needs in a cluster.") { View() };
        return command;
    }

    private static Command View()
    {
        var namespaces = new Option<string[]>("--namespace", "-n")
        {
            Description = "Namespace to serve; may be repeated. Default: the whole cluster.",
        };
        var lease = new Option<string?>("--lease-namespace")
        {
            Description = "Namespace of the Lease, as in [operator] lease-namespace. Default: the first namespace served, or \"default\".",
        };
        var noSecretList = new Option<bool>("--no-secret-list")
        {
            Description = "Omit list and watch on Secrets. Deleted connection Secrets are then restored only at the next resync.",
        };
        var restart = new Option<bool>("--restart")
        {
            Description = "Print only what spec.secret.restart needs in addition: to restart Deployments, StatefulSets and DaemonSets.",
        };
        var serviceBinding = new Option<bool>("--service-binding")
        {
            Description = "Print only the ClusterRole by which Service Binding implementations may read the operator's resources.",
        };
        var output = new Option<DirectoryInfo?>("--output", "-o") { Description = $"Folder to write {FileName} to. Default: print it to standard output." };
        var view = new Command("view", "Print roles, bindings and service account as YAML.") { namespaces, lease, noSecretList, restart, serviceBinding, output };
        view.Aliases.Add("v");
        view.SetAction(parsed => Run(
            parsed.GetValue(namespaces) ?? [], parsed.GetValue(lease), !parsed.GetValue(noSecretList), parsed.GetValue(restart), parsed.GetValue(serviceBinding), parsed.GetValue(output),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return view;
    }

    private static int Run(
        string[] namespaces, string? leaseNamespace, bool mayListSecrets, bool isForRestart, bool isForServiceBinding, DirectoryInfo? folder, TextWriter output, TextWriter error)
    {
        foreach (var (option, name) in namespaces.Select(name => ("--namespace", name)).Append(("--lease-namespace", leaseNamespace ?? "default")))
        {
            if (!KubernetesNames.IsLabel(name))
            {
                error.WriteLine($"error: option {option}: \"{name}\" is not allowed; allowed: 1 to 63 lower-case letters, digits and dashes, no dash at either end");
                return ExitCode.BadInput;
            }
        }

        var manifest = new RbacManifest(mayListSecrets);
        string[] served = [.. namespaces.Distinct(StringComparer.Ordinal)];
        var text = isForServiceBinding ? RbacManifest.ServiceBinding()
            : isForRestart ? RbacManifest.Restart(served)
            : served is [var first, ..] ? manifest.PerNamespace(served, leaseNamespace ?? first)
            : manifest.ClusterWide(leaseNamespace ?? "default");
        if (folder is null)
        {
            output.Write(text);
            return ExitCode.Success;
        }

        try
        {
            folder.Create();
            File.WriteAllText(Path.Combine(folder.FullName, FileName), text);
            return ExitCode.Success;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"error: option --output: {folder}: {refused.Message}");
            return ExitCode.BadInput;
        }
    }
}
