using System.CommandLine;
using CleverRemoteOperator.Commands.Audit;
using CleverRemoteOperator.Commands.Doctor;
using CleverRemoteOperator.Commands.Explain;
using CleverRemoteOperator.Commands.Export;
using CleverRemoteOperator.Commands.Status;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Commands;

/// <summary>The command line: without a command it runs the operator. A command is one file here and one line below.</summary>
internal static class RootCommandFactory
{
    private static readonly string Description = """
        Manages Clever Cloud add-ons through custom resources in many Kubernetes clusters.
        Reads settings from files, variables (CLEVER_OPERATOR_…) and the options below; --check prints the result.
        Exit codes: 0 success, 1 failure at run time, 2 invalid command line or configuration.
        """;

    public static RootCommand Create(ProcessEnvironment environment, RunOperator run)
    {
        var options = new GlobalOptions();
        var context = new CommandContext(new ConfigurationLoader(environment), options, environment);
        var check = new Option<bool>("--check", "-t") { Description = "Print the effective configuration, secrets as ***, without any network, and exit: 0 if it is valid, else 2. See doctor for the rest." };
        var root = new RootCommand(Description)
        {
            check,
            StatusCommand.Create(context),
            DoctorCommand.Create(context),
            AuditCommand.Create(context),
            ExplainCommand.Create(context),
            ExportCommand.Create(context),
            CustomResourceDefinitionCommand.Create(),
            RbacCommand.Create(),
            GenerateCommand.Create(GeneratedManifest.ConfigMap, context),
            GenerateCommand.Create(GeneratedManifest.Secret, context),
            Settings(),
        };
        options.AddTo(root);
        ExampleHelp.AddTo(root);
        root.SetAction((parsed, token) => parsed.GetValue(check)
            ? Task.FromResult(new CheckReport(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error).Write(context.Load(parsed)))
            : context.RunAsync(parsed, configuration => run(configuration, token)));
        return root;
    }

    private static Command Settings()
    {
        var settings = new Command("settings", "Print the table of settings as Markdown.");
        settings.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(SettingsMarkdown.Table()));
        return settings;
    }
}
