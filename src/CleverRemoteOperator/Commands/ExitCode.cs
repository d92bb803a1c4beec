namespace CleverRemoteOperator.Commands;

/// <summary>Exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something failed at run time.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the configuration is invalid.</summary>
    public const int BadInput = 2;
}
