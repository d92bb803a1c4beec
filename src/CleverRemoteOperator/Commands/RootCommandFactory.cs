using System.CommandLine;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Commands;

/// <summary>The command line: without a command it runs the operator.</summary>
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
        var check = new Option<bool>("--check", "-t") { Description = "Show what would be used, secrets as ***, and end: 0 when it is valid, else 2." };
        var noLease = new Option<bool>("--no-lease") { Description = "Serve clusters without holding their Lease: only where no other instance runs." };
        var loader = new ConfigurationLoader(environment);
        var root = new RootCommand(Description)
        {
            check,
            noLease,
            CustomResourceDefinitionCommand.Create(),
            RbacCommand.Create(),
            GenerateCommand.Create(GeneratedManifest.ConfigMap, loader, options),
            GenerateCommand.Create(GeneratedManifest.Secret, loader, options),
            Settings(),
        };
        options.AddTo(root);
        root.SetAction((parsed, token) => RunAsync(
            options.Read(parsed) with { Check = parsed.GetValue(check), NoLease = parsed.GetValue(noLease) },
            loader, run, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token));
        return root;
    }

    private static Command Settings()
    {
        var settings = new Command("settings", "Print the table of settings in Markdown.");
        settings.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(SettingsMarkdown.Table()));
        return settings;
    }

    private static async Task<int> RunAsync(
        CommandLineOptions options, ConfigurationLoader loader, RunOperator run, TextWriter output, TextWriter error, CancellationToken token)
    {
        var result = loader.Load(options);
        if (options.Check)
        {
            return new CheckReport(output, error).Write(result);
        }
        if (result.Configuration is not { } configuration)
        {
            MistakeLines.Write(error, result.Mistakes);
            return ExitCode.BadInput;
        }
        ProcessEnvironment.ScrubEnvironment();
        return await run(configuration, options, token);
    }
}
