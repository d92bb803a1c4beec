using Spectre.Console;
using Spectre.Console.Rendering;

namespace CleverRemoteOperator.Commands.Screens;

/// <summary>Collects what a command shows, as lines fit for a terminal or a pipe.</summary>
internal sealed class Screen(Terminal terminal)
{
    private const int Unlimited = 100_000;

    // Ids have up to 43 letters, and stand in sentences.
    private const int NarrowText = 48;

    private readonly List<string> _lines = [];

    public Terminal Terminal => terminal;

    /// <summary>What is to be written, each line ended.</summary>
    public override string ToString() => string.Concat(_lines.Select(line => line + "\n"));

    public Screen Line(string text = "", Style? style = null, int indent = 0)
    {
        _lines.AddRange(Render(new Padder(new Text(text, style ?? Style.Plain), new Padding(indent, 0, 0, 0)), terminal.Width ?? Unlimited));
        return this;
    }

    /// <summary>Text of several colours in one line, or as many as it needs.</summary>
    public Screen Line(params IEnumerable<(string Text, Style Style)> parts)
    {
        var line = new Paragraph();
        foreach (var (text, style) in parts)
        {
            line.Append(text, style);
        }

        _lines.AddRange(Render(line, terminal.Width ?? Unlimited));
        return this;
    }

    /// <summary>Rows whose last cell is text: it is wrapped in its own column, on a terminal.</summary>
    public Screen Texts<T>(IReadOnlyList<Column<T>> columns, Func<T, string> text, IReadOnlyList<T> rows, int indent)
    {
        int[] widths = [.. columns.Select(column => rows.Select(row => column.Text(row).Length).DefaultIfEmpty().Max())];
        if (terminal.Width - indent - widths.Sum(width => width + TableLayout<T>.Gap) < NarrowText)
        {
            // An id needs its room: below, not beside.
            foreach (var row in rows)
            {
                Line(columns.Select((column, i) => (new string(' ', i == 0 ? indent : TableLayout<T>.Gap) + column.Text(row).PadRight(widths[i]), new Style(column.Colour?.Invoke(row)))));
                Line(text(row), indent: indent + 2);
            }

            return this;
        }

        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        foreach (var width in widths)
        {
            table.AddColumn(new TableColumn("") { Width = width, NoWrap = true, Padding = new Padding(0, 0, TableLayout<T>.Gap, 0) });
        }

        table.AddColumn(new TableColumn("") { Padding = new Padding(0) });
        foreach (var row in rows)
        {
            table.AddRow([.. columns.Select(column => new Text(column.Text(row), new Style(column.Colour?.Invoke(row)))), new Text(text(row))]);
        }

        _lines.AddRange(Render(table, (terminal.Width ?? Unlimited) - indent).Select(line => new string(' ', indent) + line));
        return this;
    }

    /// <summary>A table of the columns there is room for.</summary>
    /// <param name="below">What stands below a row, wrapped; null for nothing.</param>
    public Screen Table<T>(TableLayout<T> layout, IReadOnlyList<T> rows, bool hasHeaders = true, int indent = 0, Func<T, string?>? below = null)
    {
        if (rows.Count == 0)
        {
            return this;
        }

        var table = new Table { Border = TableBorder.None, ShowHeaders = hasHeaders };
        for (var i = 0; i < layout.Columns.Count; i++)
        {
            var header = new Text(layout.Columns[i].Header, new Style(decoration: Decoration.Dim));
            table.AddColumn(new TableColumn(header) { Width = layout.Widths[i], NoWrap = true, Padding = new Padding(0, 0, i < layout.Columns.Count - 1 ? TableLayout<T>.Gap : 0, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow([.. layout.Columns.Select(column => new Text(column.Text(row), new Style(column.Colour?.Invoke(row))))]);
        }

        List<string> lines = [.. Render(table, layout.Widths.Sum(width => width + TableLayout<T>.Gap)).Select(line => new string(' ', indent) + line)];
        _lines.AddRange(lines.Take(hasHeaders ? 1 : 0));
        foreach (var (row, line) in rows.Zip(lines.Skip(hasHeaders ? 1 : 0)))
        {
            _lines.Add(line);
            if (below?.Invoke(row) is { Length: > 0 } text)
            {
                Line(text, indent: indent + 2);
            }
        }

        return this;
    }

    private List<string> Render(IRenderable what, int width)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = terminal.HasColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(what);
        var lines = text.ToString().Split('\n');
        return [.. lines.Take(lines[^1].Length == 0 ? lines.Length - 1 : lines.Length).Select(line => line.TrimEnd())];
    }
}
