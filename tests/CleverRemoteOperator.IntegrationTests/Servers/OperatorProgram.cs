namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>The operator of one folder: a native program, or one that <c>dotnet</c> runs.</summary>
internal sealed record OperatorProgram
{
    /// <summary>Names the folder of the operator that is tested; without it the one built beside the tests is.</summary>
    public const string Variable = "OPERATOR_UNDER_TEST";

    private const string Native = "clever-remote-operator";

    private OperatorProgram(string program, params string[] first) => (Program, First) = (program, first);

    /// <summary>What Variable names, else what was built with the tests.</summary>
    /// <exception cref="InvalidOperationException">The folder has no operator.</exception>
    public static OperatorProgram UnderTest { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
            ? In(folder) ?? throw new InvalidOperationException($"{Variable}={folder}: there is no {Native} in it.")
            : In(AppContext.BaseDirectory)!;

    public string Program { get; }

    /// <summary>The arguments that come before the operator's own.</summary>
    public IReadOnlyList<string> First { get; }

    /// <summary>The operator of a folder; null when it has none.</summary>
    public static OperatorProgram? In(string folder)
    {
        var native = Path.Combine(Path.GetFullPath(folder), Native);
        // The program that lies beside a library only looks for the runtime, and not where dotnet is.
        return File.Exists(native + ".dll") ? new("dotnet", native + ".dll") : File.Exists(native) ? new(native) : null;
    }

    public GuardedProcess Start(IReadOnlyDictionary<string, string> environment, string folder, params IEnumerable<string> arguments) =>
        new(Program, [.. First, .. arguments], environment, folder);
}
