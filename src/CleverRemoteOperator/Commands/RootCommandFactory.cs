using System.CommandLine;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Commands;

/// <summary>The command line: without a command it runs the operator. A command is one file here and one line below.</summary>
internal static class RootCommandFactory
{
    private static readonly string Description = """
        Turns custom resources of many Kubernetes clusters into Clever Cloud add-ons.
        Settings come from files, variables (CLEVER_OPERATOR_…) and these options; --check shows what would be used.
        Exit codes: 0 in order, 1 failed while running, 2 wrong command line or configuration.
        """;

    public static RootCommand Create(ProcessEnvironment environment, RunOperator run)
    {
        var options = new GlobalOptions();
        var context = new CommandContext(new ConfigurationLoader(environment), options);
        var check = new Option<bool>("--check", "-t") { Description = "Show what would be used, secrets as ***, and end: 0 when it is valid, else 2." };
        var root = new RootCommand(Description)
        {
            check,
            CustomResourceDefinitionCommand.Create(),
            RbacCommand.Create(),
            GenerateCommand.Create(GeneratedManifest.ConfigMap, context),
            GenerateCommand.Create(GeneratedManifest.Secret, context),
            Settings(),
        };
        options.AddTo(root);
        root.SetAction((parsed, token) => parsed.GetValue(check)
            ? Task.FromResult(new CheckReport(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error).Write(context.Load(parsed)))
            : context.RunAsync(parsed, configuration => run(configuration, token)));
        return root;
    }

    private static Command Settings()
    {
        var settings = new Command("settings", "Print the table of settings in Markdown.");
        settings.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(SettingsMarkdown.Table()));
        return settings;
    }
}
