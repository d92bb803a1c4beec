using System.CommandLine;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Commands;

/// <summary><c>configmap generate</c> and <c>secret generate</c>: the configuration in use as a manifest.</summary>
internal static class GenerateCommand
{
    public static Command Create(GeneratedManifest manifest, CommandContext context)
    {
        var name = new Option<string>("--name", "-n") { Description = $"Name of the {manifest.Kind}.", DefaultValueFactory = _ => GeneratedManifest.DefaultName };
        var @namespace = new Option<string>("--namespace", "-N") { Description = $"Namespace of the {manifest.Kind}.", DefaultValueFactory = _ => GeneratedManifest.DefaultNamespace };
        var generate = new Command("generate", $"Print a {manifest.Kind} with the current configuration. It contains the credentials: keep it out of version control.") { name, @namespace };
        generate.Aliases.Add("g");
        generate.SetAction(parsed => Run(
            manifest, context.Load(parsed, clustersRequired: false), parsed.GetValue(name)!, parsed.GetValue(@namespace)!,
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        var command = new Command(manifest.Command, $"Generate a {manifest.Kind} for the in-cluster deployment.") { generate };
        command.Aliases.Add(manifest.Alias);
        return command;
    }

    private static int Run(GeneratedManifest manifest, ConfigurationResult result, string name, string @namespace, TextWriter output, TextWriter error)
    {
        List<ConfigurationMistake> mistakes = [.. result.Mistakes];
        foreach (var (option, value) in new[] { ("option --name", name), ("option --namespace", @namespace) })
        {
            if (ValueForms.Label.Read(SettingValue.Of(value)) is null)
            {
                mistakes.Add(new(option, $"\"{Printable.Of(value)}\" is not allowed; allowed: {ValueForms.Label.Allowed}"));
            }
        }
        if (mistakes.Count > 0)
        {
            MistakeLines.Write(error, mistakes);
            return ExitCode.BadInput;
        }
        output.Write(manifest.Write(name, @namespace, result.Given));
        return ExitCode.Success;
    }
}
