using System.Globalization;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Commands.Screens;

/// <summary>Where the output of a command goes.</summary>
/// <param name="Width">Columns of the terminal; null for a pipe or a file, where lines are as long as they are.</param>
/// <param name="HasColours">Never in a pipe, nor where <c>NO_COLOR</c> says so.</param>
internal sealed record Terminal(int? Width, bool HasColours)
{
    private const int FewestColumns = 20;
    private const int UsualColumns = 80;
    private const int UsualLines = 24;

    /// <summary>Lines of the terminal.</summary>
    public int Height { get; private init; } = UsualLines;

    /// <summary>A pipe or a file.</summary>
    public static Terminal Pipe { get; } = new(null, HasColours: false);

    /// <summary>Whether what was written can be written over.</summary>
    public bool Redraws { get; private init; }

    /// <summary>What the writer leads to; anything but this process' own console is a pipe.</summary>
    public static Terminal Of(TextWriter output, ProcessEnvironment environment)
    {
        if (!ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected)
        {
            return Pipe;
        }

        var isDumb = environment.Variable("TERM") is null or "dumb";
        return new(Columns(environment), !isDumb && environment.Variable("NO_COLOR") is null) { Redraws = !isDumb, Height = Size(() => Console.WindowHeight) ?? UsualLines };
    }

    private static int Columns(ProcessEnvironment environment) =>
        Size(() => Console.WindowWidth) is { } width ? Math.Max(FewestColumns, width)
        : int.TryParse(environment.Variable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns >= FewestColumns ? columns
        : UsualColumns;

    private static int? Size(Func<int> ask)
    {
        try
        {
            return ask() is > 0 and var size ? size : null;
        }
        catch (Exception unknown) when (unknown is IOException or PlatformNotSupportedException)
        {
            return null;
        }
    }
}
