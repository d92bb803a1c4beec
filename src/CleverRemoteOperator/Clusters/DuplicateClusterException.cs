namespace CleverRemoteOperator.Clusters;

/// <summary>The same API server is configured as two clusters that share a namespace.</summary>
internal sealed class DuplicateClusterException(ClusterDefinition definition, ClusterDefinition other) : Exception(
    $"clusters {definition.Id} ({definition.Options.Source}) and {other.Id} ({other.Options.Source}) are the same API server and both include namespace "
    + $"{definition.SharedNamespace(other)}: only {other.Id} is served. Remove one of them, or give them different namespaces");
