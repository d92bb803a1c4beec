namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>What answers as a Kubernetes API in a test; the two must agree.</summary>
public enum ServerKind
{
    /// <summary>The sandbox's, in this process.</summary>
    Sandbox,

    /// <summary>A real kube-apiserver with etcd, from the folder <c>KUBEBUILDER_ASSETS</c> names.</summary>
    Real,
}
