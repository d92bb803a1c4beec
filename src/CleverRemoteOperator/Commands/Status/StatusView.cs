using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Commands.Screens;
using Spectre.Console;

namespace CleverRemoteOperator.Commands.Status;

/// <summary>Shows the fleet to a person: on a terminal a part for each cluster, in a pipe one table.</summary>
internal static class StatusView
{
    private const int Indent = 2;

    /// <param name="isWide">Every column there is room for.</param>
    /// <param name="withReady">False shows only what is not Ready; the sums count all.</param>
    public static string Write(IReadOnlyList<ClusterView> clusters, Terminal terminal, bool isWide, bool withReady, DateTimeOffset now)
    {
        var ordered = StatusRow.Order(clusters, withReady);
        var screen = new Screen(terminal);
        if (terminal.Width is { } width)
        {
            WriteParts(screen, ordered, StatusColumns.Of(isWide, isFlat: false, now), width, now);
        }
        else
        {
            WriteFlat(screen, [.. ordered.SelectMany(cluster => cluster.Rows)], StatusColumns.Of(isWide, isFlat: true, now));
        }

        return WriteSums(screen, [.. ordered.Select(cluster => cluster.Cluster)]).ToString();
    }

    private static void WriteFlat(Screen screen, List<StatusRow> rows, IReadOnlyList<Column<StatusRow>> columns)
    {
        if (rows.Count > 0)
        {
            screen.Table(TableLayout<StatusRow>.Of(columns, rows, null), rows).Line();
        }
    }

    private static void WriteParts(
        Screen screen, IReadOnlyList<(ClusterView Cluster, IReadOnlyList<StatusRow> Rows)> clusters, IReadOnlyList<Column<StatusRow>> columns, int width, DateTimeOffset now)
    {
        List<StatusRow> all = [.. clusters.SelectMany(cluster => cluster.Rows).Where(row => row.Resource is not null)];
        var layout = TableLayout<StatusRow>.Of(columns, all, width - Indent);
        var (hasReasons, hasTimes) = (layout.Dropped.All(column => column.Header != StatusColumns.Reason), layout.Dropped.All(column => column.Header != StatusColumns.For));
        var hasHeaders = true;
        foreach (var (cluster, rows) in clusters.Where(cluster => cluster.Rows.Count > 0))
        {
            screen.Line((cluster.Name, new Style(decoration: Decoration.Bold)), ("  ", Style.Plain), (StatusSums.Ready(cluster), ColourOf(cluster)));
            foreach (var row in rows.Where(row => row.Resource is null))
            {
                screen.Line($"{row.Reason}: {row.Message}", StatusColumns.ColourOf(row), Indent);
            }

            StatusRow[] resources = [.. rows.Where(row => row.Resource is not null)];
            if (resources.Length > 0)
            {
                screen.Table(layout, resources, hasHeaders, Indent, row => row.Resource!.IsReady ? null : Below(row, hasReasons, hasTimes ? "" : Age.Since(row.Resource.Since, now)));
                hasHeaders = false;
            }

            screen.Line();
        }

        if (layout.Dropped.Count > 0 && all.Count > 0)
        {
            screen.Line($"No room for {string.Join(", ", layout.Dropped.Select(column => column.Header))}: widen the terminal, or use --output json.", new Style(decoration: Decoration.Dim)).Line();
        }
    }

    // What there was no column for stands before the message: PlanNotAvailable for 5m12s: it has no plan …
    private static string Below(StatusRow row, bool hasReasons, string since) => string.Join(": ", ((string[])
    [
        string.Join(' ', ((string[])[hasReasons ? "" : row.Reason, since.Length == 0 ? "" : $"for {since}"]).Where(word => word.Length > 0)),
        row.Message,
    ]).Where(part => part.Length > 0));

    private static Screen WriteSums(Screen screen, List<ClusterView> clusters)
    {
        var (name, ready) = (Longest(cluster => cluster.Name), Longest(StatusSums.Ready));
        foreach (var cluster in clusters)
        {
            screen.Line(
                (cluster.Name.PadRight(name) + "  ", Style.Plain),
                (StatusSums.Ready(cluster).PadRight(ready) + "  ", ColourOf(cluster)),
                (StatusSums.Why(cluster), Style.Plain));
        }

        return screen.Line(StatusSums.Total(clusters), new Style(decoration: Decoration.Bold));

        int Longest(Func<ClusterView, string> text) => clusters.Select(cluster => text(cluster).Length).DefaultIfEmpty().Max();
    }

    private static Style ColourOf(ClusterView cluster) => new(
        cluster.Reason is not null || cluster.Resources.Any(resource => resource.IsStalled) ? Color.Red
        : cluster.ReadyCount < cluster.Resources.Count ? Color.Yellow
        : Color.Green);
}
