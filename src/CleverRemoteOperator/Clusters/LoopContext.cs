using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Clusters;

/// <summary>What a loop gives its reconciler: the cluster, and what its watches know.</summary>
internal sealed record LoopContext(
    ClusterDefinition Definition,
    ICluster Cluster,
    IResourceReader Resources,
    OwnWrites OwnWrites,
    Reflector<SecretMetadata> OwnSecrets,
    Reflector<CredentialSecret> CredentialSecrets,
    Reflector<NamespaceMetadata> NamespaceWatch,
    NamespaceEnds Ends);

/// <summary>Makes the reconciler of one loop.</summary>
internal delegate IReconciler ReconcilerFactory(LoopContext context);
