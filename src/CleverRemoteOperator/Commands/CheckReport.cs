using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Commands;

/// <summary>What <c>--check</c> prints: every setting with its source, every cluster with its server, every mistake.</summary>
internal sealed class CheckReport(TextWriter output, TextWriter error)
{
    private readonly List<string> _warnings = [];

    /// <summary>Gives the exit code. A kubeconfig that cannot be read is a mistake here; the running operator skips that cluster.</summary>
    public int Write(ConfigurationResult result)
    {
        foreach (var section in result.InUse.GroupBy(setting => setting.Section))
        {
            output.WriteLine($"[{section.Key}]");
            WriteTable(section.Select(setting => new[] { setting.Key, setting.Value, setting.Source }));
        }
        var mistakes = result.Mistakes.ToList();
        mistakes.AddRange(Placeholder.In(result.Given));
        WriteClusters(result.Draft, mistakes);
        if (result.Configuration is { Api: null })
        {
            output.WriteLine("The operator has no credentials: it serves only clusters and namespaces that provide theirs.");
        }
        output.WriteLine("Nothing was looked at over the network: clever-remote-operator doctor does that.");
        _warnings.ForEach(warning => error.WriteLine($"warning: {warning}"));
        MistakeLines.Write(error, mistakes);
        if (mistakes.Count > 0)
        {
            return ExitCode.BadInput;
        }
        output.WriteLine("The configuration is valid.");
        return ExitCode.Success;
    }

    private void WriteClusters(OperatorConfiguration configuration, List<ConfigurationMistake> mistakes)
    {
        var (clusters, found) = ConfiguredClusters.Now(configuration);
        mistakes.AddRange(found);
        var rows = new List<string[]>();
        var known = new List<(ClusterDefinition Definition, string Identity)>();
        foreach (var cluster in clusters)
        {
            var summary = KubeconfigSummary.Of(cluster);
            var namespaces = cluster.Namespaces ?? configuration.Operator.Namespaces;
            var problems = summary.Problems.Select(problem => $"cluster {cluster.Name}: {problem}").ToList();
            var definition = new ClusterDefinition(new ClusterId(cluster.Name), cluster, null, namespaces);
            problems.AddRange(known.Where(other => other.Identity == summary.Identity && definition.SharedNamespace(other.Definition) is not null)
                .Take(1).Select(other => new DuplicateClusterException(definition, other.Definition).Message));
            known.Add((definition, summary.Identity ?? ""));
            if (definition.LeaseRisk(configuration.Operator.LeaseNamespace) is { } risk)
            {
                _warnings.Add($"cluster {cluster.Name}: {risk}");
            }

            mistakes.AddRange(problems.Select(problem => new ConfigurationMistake(cluster.KubeconfigPath is { } path ? PathText.Shown(path) : cluster.Source, problem)));
            rows.Add(
            [
                cluster.Name,
                $"context {(cluster.Context is { } context ? Disclosure.Of(context) : "current")}",
                $"server {summary.Server ?? "-"}",
                $"namespaces {string.Join(',', namespaces)}",
                cluster.Source,
            ]);
        }
        if (rows.Count > 0)
        {
            output.WriteLine("Clusters");
            WriteTable(rows);
        }
    }

    private void WriteTable(IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        if (lines.Count > 0)
        {
            int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
            foreach (var line in lines)
            {
                output.WriteLine("  " + string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            }
        }
        output.WriteLine();
    }
}
