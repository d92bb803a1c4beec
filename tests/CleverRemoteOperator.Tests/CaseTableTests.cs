using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Tests;

/// <summary>Keeps the table of <c>tests/README.md</c> true: each case is there once, and each test, or class of tests, that it names exists.</summary>
public sealed partial class CaseTableTests
{
    [Fact]
    public void Every_case_names_tests_that_exist()
    {
        var tests = string.Concat(Directory.EnumerateFiles(RepositoryFiles.Path("tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var readme = File.ReadAllText(RepositoryFiles.Path("tests/README.md"));
        var rows = Row().Matches(readme);

        Assert.Equal(Enumerable.Range(1, 35).Select(number => $"{number}"), rows.Select(row => row.Groups["case"].Value));
        Assert.All(
            rows.Concat(ShortRow().Matches(readme)).SelectMany(row => row.Groups["test"].Captures), test => Assert.Matches($@"public (async )?(Task|void) {test.Value}\(|public sealed (partial )?class {test.Value}\b", tests));
    }

    [GeneratedRegex(@"^\| (?<case>\d+) \| [^|]+ \| (?:[^|`]*`(?<test>\w+)`)+[^|`]* \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| [^|`]+ \| (?:[^|`]*`(?<test>\w+)`)+[^|`]* \|$", RegexOptions.Multiline)]
    private static partial Regex ShortRow();
}
