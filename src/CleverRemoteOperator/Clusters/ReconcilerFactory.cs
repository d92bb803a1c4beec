using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Clusters;

/// <summary>Makes the reconciler of one loop.</summary>
/// <param name="resources">The loop's resources.</param>
/// <param name="watches">What else the loop watches.</param>
/// <param name="ends">Tells which namespaces are gone.</param>
internal delegate IReconciler ReconcilerFactory(ClusterDefinition definition, IResourceReader resources, LoopWatches watches, NamespaceEnds ends);
