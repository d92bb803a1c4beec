using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>Reads which clusters are configured at this moment: those named one by one, and the kubeconfig files that are there.</summary>
internal sealed partial class ClusterDefinitions(OperatorConfiguration configuration, ILogger<ClusterDefinitions> logger)
{
    private readonly HashSet<ConfigurationMistake> _told = [];

    /// <summary>The clusters as they are configured now. What cannot be used is logged once, until it is mended, and left out.</summary>
    public IReadOnlyList<ClusterDefinition> Read()
    {
        var (files, mistakes) = KubeconfigFiles.Expand(configuration.Operator.Kubeconfigs);
        var problems = mistakes.ToList();
        var definitions = new Dictionary<ClusterId, ClusterDefinition>();
        foreach (var options in configuration.Clusters.Concat(files))
        {
            var id = new ClusterId(options.Name);
            if (definitions.TryGetValue(id, out var first))
            {
                problems.Add(new(options.Source, $"the cluster name {id} is taken by {first.Options.Source}; give the file another name"));
            }
            else if (Kubeconfig(options, out var whyNot) is { } text)
            {
                definitions[id] = new ClusterDefinition(id, options, text.Length == 0 ? null : text, options.Namespaces ?? configuration.Operator.Namespaces);
            }
            else
            {
                problems.Add(new(options.Source, $"{options.KubeconfigPath} {whyNot}"));
            }
        }

        _told.IntersectWith(problems);
        foreach (var problem in problems.Where(_told.Add))
        {
            LogProblem(problem.Source, problem.Message);
        }

        return [.. definitions.Values];
    }

    private static string? Kubeconfig(ClusterOptions options, out string whyNot)
    {
        whyNot = "";
        return options.InCluster ? "" : options.KubeconfigContent ?? BoundedFile.Read(options.KubeconfigPath!, out whyNot);
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Error, Message = "cluster skipped: {Source}: {Problem}")]
    private partial void LogProblem(string source, string problem);
}
