using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>Draws rows as tables, one a namespace, for 80 columns and more.</summary>
internal sealed class DemoTable(TimeProvider time)
{
    // From here on there is room for whole add-on ids, which can be copied.
    private const int WideFrom = 130;
    private const int ShortId = 6;

    // Lines of the screen that are not rows: summary, headings, messages.
    private const int OtherLines = 9;
    private const int FewestRows = 5;

    /// <summary>How many are how: <c>36 of 38 Ready, 2 Waiting</c>.</summary>
    public static string Summary(IReadOnlyList<DemoRow> rows)
    {
        var living = rows.Where(row => row.State != DemoState.Gone).ToList();
        var others = living.Where(row => row.State != DemoState.Ready).GroupBy(row => row.State).Select(group => $", {group.Count()} {group.Key}");
        return $"{living.Count(row => row.State == DemoState.Ready)} of {living.Count} resources Ready{string.Concat(others)}";
    }

    /// <summary>As many rows as a screen of that height takes: what is not Ready and what changed last comes first.</summary>
    public static IReadOnlyList<DemoRow> Fit(IReadOnlyList<DemoRow> rows, int height)
    {
        var most = Math.Max(FewestRows, height - OtherLines);
        HashSet<DemoRow> kept = [.. rows.OrderBy(row => row.State is DemoState.Ready or DemoState.Gone).ThenByDescending(row => row.Changed).Take(most)];
        return [.. rows.Where(kept.Contains)];
    }

    public IRenderable Render(IReadOnlyList<DemoRow> rows, int width)
    {
        List<IRenderable> parts = [];
        foreach (var group in rows.GroupBy(row => (row.Key.Cluster, row.Key.Namespace)))
        {
            parts.Add(new Markup($"[bold]{group.Key.Cluster.EscapeMarkup()}[/] / [bold]{group.Key.Namespace.EscapeMarkup()}[/]"));
            parts.Add(Section(group, width >= WideFrom, isFirst: parts.Count == 1));
        }

        parts.AddRange(rows.Where(row => row.NeedsAttention).Select(row => new Markup(
            $"[yellow]{row.Key.Cluster}/{row.Key.Namespace} {row.Key.Name.EscapeMarkup()}: {row.Reason.EscapeMarkup()}[/]: {row.Message.EscapeMarkup()}")));
        return new Rows(parts);
    }

    private Table Section(IEnumerable<DemoRow> rows, bool isWide, bool isFirst)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = isFirst };
        (string Header, int Width)[] columns =
        [
            ("  Kind", 16), ("Name", 23), ("State", 8), ("Reason", isWide ? 20 : 9), ("Add-on", isWide ? 42 : ShortId + 1),
            (isWide ? "Organisation" : "Org.", isWide ? 12 : 5), ("Took", isWide ? 8 : 5),
        ];
        foreach (var (header, width) in columns)
        {
            table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Dim))) { Width = width, NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(
                Cell("  " + row.Key.Type.Kind),
                Cell(row.Key.Name),
                Cell(row.State.ToString(), ColourOf(row.State)),
                Cell(row.Reason),
                Cell(isWide ? row.Addon : End(row.Addon, ShortId)),
                Cell((isWide && row.Organisation.Length > 0 ? "orga_" : "") + End(row.Organisation, 4)),
                Cell(Took(row)));
        }

        return table;
    }

    private string Took(DemoRow row)
    {
        var seconds = (row.Took ?? time.GetElapsedTime(row.Since)).TotalSeconds;
        return seconds.ToString(seconds < 10 ? "0.00s" : "0.0s", CultureInfo.InvariantCulture);
    }

    private static Text Cell(string text, Color? colour = null) => new(text, new Style(colour)) { Overflow = Overflow.Ellipsis };

    private static Color ColourOf(DemoState state) => state switch
    {
        DemoState.Ready => Color.Green,
        DemoState.Failed => Color.Red,
        DemoState.Gone => Color.Grey,
        _ => Color.Yellow,
    };

    private static string End(string id, int length) => id.Length > length ? "…" + id[^length..] : id;
}
