using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Kubernetes.Api;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>Reads which clusters are configured at this moment: those named one by one, and the kubeconfig files that are there.</summary>
internal sealed partial class ClusterDefinitions(OperatorConfiguration configuration, ILogger<ClusterDefinitions> logger)
{
    private readonly HashSet<ConfigurationMistake> _told = [];
    private readonly HashSet<ConfigurationMistake> _warned = [];

    /// <summary>The clusters as they are configured now. What cannot be used is logged once, until it is mended, and left out.</summary>
    public IReadOnlyList<ClusterDefinition> Read()
    {
        var (clusters, mistakes) = ConfiguredClusters.Now(configuration);
        var problems = mistakes.ToList();
        var definitions = new List<ClusterDefinition>();
        foreach (var options in clusters)
        {
            var whyNot = "";
            var kubeconfig = options.InCluster ? null : options.KubeconfigContent ?? BoundedFile.Read(options.KubeconfigPath!, out whyNot);
            if (kubeconfig is null && !options.InCluster)
            {
                problems.Add(new(options.Source, $"{PathText.Shown(options.KubeconfigPath!)} {whyNot}"));
            }
            else
            {
                definitions.Add(new(new ClusterId(options.Name), options, kubeconfig, options.Namespaces ?? configuration.Operator.Namespaces) { Fleet = configuration.Operator.Fleet });
            }
        }

        _told.IntersectWith(problems);
        foreach (var problem in problems.Where(_told.Add))
        {
            LogProblem(problem.Source, problem.Message);
        }

        if (!configuration.Operator.NoLease)
        {
            foreach (var definition in definitions)
            {
                if (definition.LeaseRisk(configuration.Operator.LeaseNamespace) is { } risk && _warned.Add(new(definition.Id.Name, risk)))
                {
                    LogRisk(definition.Id, risk);
                }
            }
        }

        return definitions;
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Error, Message = "skipping cluster: {Source}: {Problem}")]
    private partial void LogProblem(string source, string problem);

    [LoggerMessage(EventId = 141, Level = LogLevel.Warning, Message = "{Cluster}: {Risk}")]
    private partial void LogRisk(ClusterId cluster, string risk);
}
