namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>What the command line says beside which command to run.</summary>
internal sealed record CommandLineOptions
{
    /// <summary><c>--config</c>: the one configuration file to read. Default: all that exist of the usual places.</summary>
    public string? ConfigPath { get; init; }

    /// <summary><c>--kubeconfig</c>: a kubeconfig whose current context becomes the cluster <c>default</c>.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>How often <c>-v</c> stands there: 1 = debug, 2 or more = trace.</summary>
    public int Verbosity { get; init; }

    /// <summary><c>--no-lease</c>: serve clusters without holding their Lease.</summary>
    public bool NoLease { get; init; }
}
