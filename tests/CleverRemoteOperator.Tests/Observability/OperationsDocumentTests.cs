using System.Text;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Observability;

public sealed partial class OperationsDocumentTests
{
    private static readonly string Document = File.ReadAllText(RepositoryFiles.Path("docs", "operations.md"));

    [Fact]
    public void Every_state_of_a_cluster_is_explained_and_no_other() =>
        Assert.Equal(Enum.GetNames<ClusterState>(), FirstCell().Matches(Part("states")).Select(row => row.Groups[1].Value));

    [Fact]
    public async Task Every_metric_is_explained_in_its_own_words_and_no_other()
    {
        var time = new FakeTimeProvider();
        var metrics = new OperatorMetrics(Prometheus.Metrics.NewCustomRegistry(), new OperatorHealth(time, new SecretRegistry()), time);
        using var page = new MemoryStream();
        await metrics.Registry.CollectAndExportAsTextAsync(page, TestContext.Current.CancellationToken);
        var told = Help().Matches(Encoding.UTF8.GetString(page.ToArray())).Select(line => (line.Groups[1].Value, line.Groups[2].Value)).ToList();

        Assert.Equal(told.Order(), MetricRow().Matches(Part("metrics")).Select(row => (row.Groups[1].Value, row.Groups[2].Value)).Order());
        Assert.NotEmpty(told);
    }

    private static string Part(string name)
    {
        var start = Document.IndexOf($"<!-- {name}: begin -->", StringComparison.Ordinal);
        return Document[start..Document.IndexOf($"<!-- {name}: end -->", StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex FirstCell();

    [GeneratedRegex(@"^\| `(\w+)` \|[^|]*\| ([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex MetricRow();

    [GeneratedRegex("^# HELP (clever_operator_[a-z_]+) (.*)$", RegexOptions.Multiline)]
    private static partial Regex Help();
}
