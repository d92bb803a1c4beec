using CleverRemoteOperator.Commands.Screens;
using Spectre.Console;

namespace CleverRemoteOperator.Tests.Commands.Screens;

/// <summary>Tables lose whole columns and never half a word.</summary>
public sealed class ScreenTests
{
    private static readonly Column<string[]>[] Columns =
        [new("NAME", 3, row => row[0]), new("WHY", 2, row => row[1], _ => Color.Red), new("ID", 1, row => row[2])];

    private static readonly string[][] Rows = [["shop", "Broken", "addon_123456"], ["a-long-name", "", "addon_654321"]];

    [Theory]
    [InlineData(null, "NAME         WHY     ID|shop         Broken  addon_123456|a-long-name          addon_654321")]
    [InlineData(33, "NAME         WHY     ID|shop         Broken  addon_123456|a-long-name          addon_654321")]
    [InlineData(32, "NAME         WHY|shop         Broken|a-long-name")]
    [InlineData(18, "NAME|shop|a-long-name")]
    [InlineData(5, "NAME|shop|a-long-name")]
    public void The_least_important_columns_go_first(int? width, string expected) =>
        Assert.Equal(expected.Replace('|', '\n') + "\n", Written(new Terminal(width, HasColours: false), width));

    [Fact]
    public void Colours_are_written_only_where_they_are_wanted()
    {
        Assert.DoesNotContain('\e', Written(Terminal.Pipe, null));
        Assert.Contains("\e[", Written(new Terminal(80, HasColours: true), 80), StringComparison.Ordinal);
    }

    [Fact]
    public void A_screen_shows_beginning_and_end_of_what_is_longer_than_the_terminal()
    {
        var text = string.Concat(Enumerable.Range(1, 30).Select(line => $"{line}\n"));

        Assert.Equal("1\n2\n3\n… 22 more lines\n26\n27\n28\n29\n30\n", Redrawing.Fit(text, 10));
        Assert.Equal(text, Redrawing.Fit(text, 31));
    }

    private static string Written(Terminal terminal, int? width) =>
        new Screen(terminal).Table(TableLayout<string[]>.Of(Columns, Rows, width), Rows).ToString();
}
