using CleverRemoteOperator.Commands.Screens;
using Spectre.Console;

namespace CleverRemoteOperator.Commands.Doctor;

/// <summary>Shows what was found: on a terminal a part for each cluster and account, in a pipe a line for each check.</summary>
internal static class DoctorView
{
    private const int Indent = 2;

    private static readonly Column<Check>[] Columns =
    [
        new("", 2, check => WordOf(check.Result), check => ColourOf(check.Result)),
        new("", 1, check => check.What),
    ];

    public static string Write(Finding finding, Terminal terminal)
    {
        var screen = new Screen(terminal);
        if (terminal.Width is null)
        {
            foreach (var check in finding.Checks)
            {
                screen.Line($"{WordOf(check.Result)}\t{finding.Subject}\t{check.What}\t{check.Message}");
            }

            return screen.ToString();
        }

        return screen.Line(finding.Subject, new Style(decoration: Decoration.Bold)).Texts(Columns, check => check.Message, finding.Checks, Indent).Line().ToString();
    }

    /// <summary>The last line: <c>24 checks: 20 ok, 2 notes, 1 warning, 1 failed</c>.</summary>
    public static string Sum(IReadOnlyList<Finding> findings)
    {
        var checks = findings.SelectMany(finding => finding.Checks).ToList();
        int Count(CheckResult result) => checks.Count(check => check.Result == result);
        var failed = findings.Where(finding => finding.Worst == CheckResult.Failed).Select(finding => finding.Subject).ToList();
        return $"{checks.Count} checks: {Count(CheckResult.Ok)} ok, {Count(CheckResult.Note)} notes, {Count(CheckResult.Warning)} warnings, {Count(CheckResult.Failed)} failed"
            + (failed.Count == 0 ? "" : $": {string.Join(", ", failed)}");
    }

    /// <summary>The manifests that mend something, each under the cluster's name; empty when there are none.</summary>
    public static string Manifests(IReadOnlyList<Finding> findings) => string.Concat(
        from finding in findings
        from check in finding.Checks
        where check.Manifests is not null
        select $"# {finding.Subject}: kubectl apply -f - with the {check.What} that are missing\n{check.Manifests}");

    private static string WordOf(CheckResult result) => result switch
    {
        CheckResult.Ok => "ok",
        CheckResult.Note => "note",
        CheckResult.Warning => "warn",
        _ => "FAIL",
    };

    private static Color? ColourOf(CheckResult result) => result switch
    {
        CheckResult.Ok => Color.Green,
        CheckResult.Note => null,
        CheckResult.Warning => Color.Yellow,
        _ => Color.Red,
    };
}
