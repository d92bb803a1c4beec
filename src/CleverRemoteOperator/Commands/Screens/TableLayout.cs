namespace CleverRemoteOperator.Commands.Screens;

/// <summary>Which columns there is room for, and how wide each is: whole cells or none, as half a name or id helps nobody.</summary>
internal sealed class TableLayout<T>
{
    /// <summary>Blanks between two columns.</summary>
    public const int Gap = 2;

    private TableLayout(IReadOnlyList<Column<T>> columns, IReadOnlyList<int> widths, IReadOnlyList<Column<T>> dropped) =>
        (Columns, Widths, Dropped) = (columns, widths, dropped);

    public IReadOnlyList<Column<T>> Columns { get; }

    public IReadOnlyList<int> Widths { get; }

    /// <summary>Those there was no room for. What is empty in every row is no loss, and not among them.</summary>
    public IReadOnlyList<Column<T>> Dropped { get; }

    /// <param name="room">Columns of the terminal; null for no limit. One column stays, whatever its width.</param>
    public static TableLayout<T> Of(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows, int? room)
    {
        var widths = columns.ToDictionary(column => column, column => rows.Select(row => column.Text(row).Length).DefaultIfEmpty().Max());
        List<Column<T>> kept = [.. columns.Where(column => widths[column] > 0)], dropped = [];
        foreach (var column in kept)
        {
            widths[column] = Math.Max(widths[column], column.Header.Length);
        }

        while (room is { } most && kept.Count > 1 && kept.Sum(column => widths[column]) + (Gap * (kept.Count - 1)) > most)
        {
            // The last of equals goes first.
            var least = kept.Min(column => column.Importance);
            var column = kept.Last(column => column.Importance == least);
            kept.Remove(column);
            dropped.Add(column);
        }

        return new(kept, [.. kept.Select(column => widths[column])], dropped);
    }
}
