using System.CommandLine;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Commands;

/// <summary>The options that become part of the configuration: those every command understands, and those of the operator itself.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string?> _config = new("--config", "-c")
    {
        Description = "Configuration file (TOML, YAML or JSON) to read instead of the default ones.",
        HelpName = "file",
        Recursive = true,
    };

    private readonly Option<string?> _kubeconfig = new("--kubeconfig", "-k")
    {
        Description = "Kubeconfig whose current context is served as cluster \"default\".",
        HelpName = "file",
        Recursive = true,
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Log more: -v for debug, -vv for trace.",
        Arity = ArgumentArity.Zero,
        Recursive = true,
    };

    private readonly Option<bool> _noLease = new("--no-lease")
    {
        Description = "Serve clusters without holding their Lease. Use only where no other instance runs.",
    };

    public void AddTo(RootCommand command)
    {
        command.Options.Add(_noLease);
        command.Options.Add(_config);
        command.Options.Add(_kubeconfig);
        command.Options.Add(_verbose);
    }

    public CommandLineOptions Read(ParseResult parsed) => new()
    {
        ConfigPath = parsed.GetValue(_config),
        KubeconfigPath = parsed.GetValue(_kubeconfig),
        Verbosity = parsed.GetResult(_verbose)?.IdentifierTokenCount ?? 0,
        NoLease = parsed.GetValue(_noLease),
    };
}
