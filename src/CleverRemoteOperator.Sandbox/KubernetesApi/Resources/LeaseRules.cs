namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Leases; a replace may create one.</summary>
internal sealed class LeaseRules() : BuiltInRules("coordination.k8s.io/v1", "Lease")
{
    public override bool AllowsCreateOnUpdate => true;
}
