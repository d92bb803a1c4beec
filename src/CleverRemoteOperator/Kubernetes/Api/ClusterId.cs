namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>A cluster's name in the operator's own configuration: never what its kubeconfig calls itself.</summary>
internal readonly record struct ClusterId(string Name)
{
    public override string ToString() => Name;
}
