using Spectre.Console;
using Spectre.Console.Rendering;

namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>Figures for a person: a column a phase, a row a measure, a heading a group.</summary>
internal static class FigureTable
{
    // What is not a terminal has no width of its own.
    private const int PlainWidth = 136;

    public static void Write(Report report, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = PlainWidth;
        }

        console.WriteLine();
        console.Write(Draw(report.Medians));
        console.MarkupLineInterpolated($"[dim]{report.Servers}; {report.Machine}[/]");
        if (report.Runs.Count > 1)
        {
            console.MarkupLineInterpolated($"[dim]medians of {report.Runs.Count} runs[/]");
        }
    }

    private static Table Draw(IReadOnlyList<Figure> figures)
    {
        var phases = figures.Select(figure => figure.Phase).Distinct().ToList();
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("") { NoWrap = true });
        foreach (var phase in phases)
        {
            table.AddColumn(new TableColumn(new Markup($"[bold]{phase.EscapeMarkup()}[/]")) { NoWrap = true, Alignment = Justify.Right });
        }

        foreach (var group in figures.GroupBy(figure => figure.Group).OrderBy(group => group.Key))
        {
            table.AddRow([new Markup($"[bold]{group.Key.Heading().EscapeMarkup()}[/]"), .. Enumerable.Repeat<IRenderable>(Text.Empty, phases.Count)]);
            foreach (var row in group.GroupBy(figure => figure.Name))
            {
                table.AddRow([new Text($"  {row.Key}"), .. phases.Select(phase => Cell(row.FirstOrDefault(figure => figure.Phase == phase)))]);
            }
        }

        return table;
    }

    private static Text Cell(Figure? figure) => figure is null ? Text.Empty : new Text(figure.Unit.Format(figure.Value));
}
