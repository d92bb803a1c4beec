using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Sandbox.Demo;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace CleverRemoteOperator.Tests.Sandbox.Demo;

public sealed class DemoTableTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(80)]
    [InlineData(140)]
    public void A_row_is_one_line_however_long_its_words_are(int width)
    {
        var rows = new[] { Row("paris", new string('n', 60)), Row("paris", "short"), Row("montreal", "short") };

        var lines = Render(rows, width);

        // A heading a namespace, the columns' names once, a line a row.
        Assert.Equal(["paris / default", "  Kind", "  Elasticsearch", "  Elasticsearch", "montreal / default", "  Elasticsearch"], lines.Select(Start));
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains("nnn…", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("0.00s", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_low_screen_shows_what_changed_last_in_the_usual_order()
    {
        var rows = Enumerable.Range(0, 30).Select(index =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Row("paris", $"row-{index}");
        }).ToList();

        Assert.Equal(rows[^15..], DemoTable.Fit(rows, height: 24));
        Assert.Equal(rows, DemoTable.Fit(rows, height: 50));
        Assert.Equal(5, DemoTable.Fit(rows, height: 1).Count);
    }

    private DemoRow Row(string cluster, string name) =>
        new(new DemoKey(cluster, "default", new ApiResource("api.clever-cloud.com", "v1", "elasticsearches", "Elasticsearch"), name), _time.GetTimestamp());

    private static string Start(string line) => line.StartsWith("  ", StringComparison.Ordinal) ? "  " + line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0] : line;

    private List<string> Render(IReadOnlyList<DemoRow> rows, int width)
    {
        using StringWriter text = new();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(new DemoTable(_time).Render(rows, width));
        return [.. text.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd())];
    }
}
