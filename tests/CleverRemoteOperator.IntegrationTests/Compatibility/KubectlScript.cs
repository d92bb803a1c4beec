using System.Text.RegularExpressions;
using CleverRemoteOperator.IntegrationTests.CleverTools;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>The lines of <c>TestAssets/Kubectl/script.txt</c>, and what they answer.</summary>
internal static partial class KubectlScript
{
    private const string Needs = "#needs ";

    public static string Folder { get; } = Repository.PathOf("tests", "CleverRemoteOperator.IntegrationTests", "TestAssets", "Kubectl");

    /// <summary>One line.</summary>
    /// <param name="NeededType">Plural of a type without which a real server cannot answer; null for most lines.</param>
    internal sealed record Line(string Text, string? NeededType);

    public static IEnumerable<Line> Lines()
    {
        string? needed = null;
        foreach (var text in File.ReadLines(Path.Combine(Folder, "script.txt")).Where(text => text.Length > 0))
        {
            if (!text.StartsWith('#'))
            {
                yield return new(text, needed);
                needed = null;
            }
            else if (text.StartsWith(Needs, StringComparison.Ordinal))
            {
                needed = text[Needs.Length..].Split(':')[0];
            }
        }
    }

    /// <summary>Exit code and output without what differs from run to run: times, ages, uids, revisions, addresses, names of temporary files.</summary>
    public static string Comparable(Finished result)
    {
        var text = result.Output + result.Error;
        text = Uid().Replace(text, "<uid>");
        text = Time().Replace(text, "<time>");
        text = Age().Replace(text, "<age>");
        text = Revision().Replace(text, "$1<revision>");
        text = Address().Replace(text, "<server>");
        text = TemporaryFile().Replace(text, "<file>");
        // Within an object that is cited; in the order of the seconds in which the commands happened to run.
        text = CitedManagers().Replace(text, "<managers>");
        text = Managers().Replace(text, list => string.Concat(Manager().Matches(list.Value).Select(manager => manager.Value).Order(StringComparer.Ordinal)));
        // A server names the mistakes of an object in no set order.
        text = Bullets().Replace(text, list => string.Join('\n', list.Value.Split('\n').Order(StringComparer.Ordinal)));
        // Columns are as wide as what was replaced in them.
        return Gap().Replace(text, "  ").TrimEnd() + $"\nexit code {result.ExitCode}";
    }

    [GeneratedRegex(@"(?m)^\* .*(\n\* .*)+")]
    private static partial Regex Bullets();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    // As JSON and YAML have it, as describe prints it, as diff prints it.
    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+\d{4}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+\d{4}")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<=\s)(\d+[smhdy]){1,2}(?=\s|$)")]
    private static partial Regex Age();

    [GeneratedRegex("""(resourceVersion\\?"?: ?\\?"|Resource Version: +)\d+""")]
    private static partial Regex Revision();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"/tmp/(LIVE|MERGED|kubectl-edit)-\d+(\.yaml)?")]
    private static partial Regex TemporaryFile();

    [GeneratedRegex("""(?<=\\"managedFields\\":)\[.*?\](?=,\\"name\\":)""")]
    private static partial Regex CitedManagers();

    [GeneratedRegex(@"(?m)(?<=^  managedFields:\n)(  - .*\n(    .*\n)*)+")]
    private static partial Regex Managers();

    [GeneratedRegex(@"(?m)^  - .*\n(    .*\n)*")]
    private static partial Regex Manager();

    [GeneratedRegex(@"(?<=\S)[ \t]{2,}|[ \t]+(?=\n)")]
    private static partial Regex Gap();
}
