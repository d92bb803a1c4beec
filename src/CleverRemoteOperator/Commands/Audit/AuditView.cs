using System.Text.Json.Nodes;
using CleverRemoteOperator.Commands.Screens;
using Spectre.Console;

namespace CleverRemoteOperator.Commands.Audit;

/// <summary>Shows the audit.</summary>
internal static class AuditView
{
    private const int Indent = 2;

    private const string Addon = "ADD-ON";

    private static readonly Column<AuditEntry>[] Columns =
    [
        new("CLUSTER", 95, entry => entry.Cluster),
        new("RESOURCE", 100, entry => entry.Resource),
        new(Addon, 90, entry => entry.Addon),
        new("ORGANISATION", 50, entry => entry.Organisation),
        new("NAME", 30, entry => entry.Name),
    ];

    /// <param name="addons">How many add-ons were looked at.</param>
    /// <param name="organisations">In how many organisations.</param>
    public static string Write(IReadOnlyList<AuditEntry> entries, int addons, int organisations, Terminal terminal, bool isWide)
    {
        var screen = new Screen(terminal);
        var columns = isWide ? Columns : [.. Columns.Where(column => column.Header != "NAME")];
        if (terminal.Width is null)
        {
            Column<AuditEntry>[] flat = [new("VERDICT", 99, entry => entry.Verdict.ToString()), .. Columns.Select(column => column with { Text = entry => column.Text(entry) is { Length: > 0 } text ? text : "-" })];
            screen.Table(TableLayout<AuditEntry>.Of(flat, entries, null), entries);
        }
        else
        {
            foreach (var group in entries.GroupBy(entry => entry.Verdict))
            {
                screen.Line(
                    ($"{group.Key} ({group.Count()})", new Style(group.First().IsWrong ? Color.Red : Color.Yellow, decoration: Decoration.Bold)),
                    ("  " + AuditEntry.Meaning(group.Key), Style.Plain));
                AuditEntry[] rows = [.. group];
                var layout = TableLayout<AuditEntry>.Of(columns, rows, terminal.Width - Indent);
                // What is to be mended is named by its id, whatever the room.
                screen.Table(layout, rows, indent: Indent, below: entry => layout.Dropped.Any(column => column.Header == Addon) ? entry.Addon : null).Line();
            }
        }

        var sums = Enum.GetValues<AuditVerdict>().Select(verdict => (verdict, Count: entries.Count(entry => entry.Verdict == verdict)))
            .Where(sum => sum.Count > 0).Select(sum => $"{sum.Count} {sum.verdict}").DefaultIfEmpty("nothing to tell");
        return screen.Line($"{addons} add-on{(addons == 1 ? "" : "s")} in {organisations} organisation{(organisations == 1 ? "" : "s")}: {string.Join(", ", sums)}", new Style(decoration: Decoration.Bold)).ToString();
    }

    // By the constructor: what adds items one by one is generic, which a native program has not.
    public static JsonArray Data(IReadOnlyList<AuditEntry> entries) => new([.. entries.Select(entry => DataText.Object(
        ("verdict", entry.Verdict.ToString()), ("cluster", entry.Cluster), ("resource", entry.Resource), ("addon", entry.Addon),
        ("organisation", entry.Organisation), ("name", entry.Name)))]);
}
