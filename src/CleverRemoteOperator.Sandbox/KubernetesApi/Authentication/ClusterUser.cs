namespace CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

/// <summary>Who the sandbox's Kubernetes API knows.</summary>
internal enum ClusterUser
{
    /// <summary>May do everything.</summary>
    Admin,

    /// <summary>May read everything; writes are refused with 403.</summary>
    Viewer,

    /// <summary>Is known and may do nothing: 403 for all.</summary>
    Denied,
}
