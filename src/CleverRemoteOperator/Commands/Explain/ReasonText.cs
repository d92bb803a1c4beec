using CleverRemoteOperator.Commands.Screens;
using Spectre.Console;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary>A reason in words; code stands between backticks.</summary>
/// <param name="Meaning">What happened.</param>
/// <param name="WayOut">What to do.</param>
internal sealed record ReasonText(string Name, string Meaning, string WayOut)
{
    /// <summary>All there are, resources' first.</summary>
    public static IReadOnlyList<ReasonText> All { get; } = [.. ResourceReasons.All, .. ClusterReasons.All];

    /// <summary>The table of the documentation, Markdown.</summary>
    public static string Table() => string.Concat(
        All.Select(reason => $"| `{reason.Name}` | {reason.Meaning} | {reason.WayOut} |\n").Prepend("| reason | what it means | what to do |\n|---|---|---|\n"));

    /// <summary>As a person reads it.</summary>
    public string Write(Terminal terminal) => new Screen(terminal)
        .Line(Name, new Style(decoration: Decoration.Bold))
        .Line(Plain(Meaning), indent: 2)
        .Line($"What to do: {Plain(WayOut)}", indent: 2)
        .ToString();

    private static string Plain(string text) => text.Replace("`", "", StringComparison.Ordinal);
}
