using System.Globalization;
using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>The operator's <c>/metrics</c>, as text.</summary>
internal sealed partial class MetricsPage(string text)
{
    /// <summary>All samples of one metric.</summary>
    public IEnumerable<Sample> Samples(string metric) => text.Split('\n')
        .Where(line => line.StartsWith(metric, StringComparison.Ordinal) && line[metric.Length] is '{' or ' ')
        .Select(Parse);

    /// <summary>One metric, all labels that are so together.</summary>
    public double Sum(string metric, Func<IReadOnlyDictionary<string, string>, bool>? counts = null) =>
        Samples(metric).Where(sample => counts?.Invoke(sample.Labels) != false).Sum(sample => sample.Value);

    private static Sample Parse(string line) => new(
        Label().Matches(line).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value),
        double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));

    // None of the values the operator's labels take has a quote or a backslash in it.
    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex Label();

    /// <summary>One line.</summary>
    internal sealed record Sample(IReadOnlyDictionary<string, string> Labels, double Value);
}
