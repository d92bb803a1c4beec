namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>One field that another manager owns with another value.</summary>
internal sealed record ApplyConflict(string Manager, string Version, string Field, string Message);

/// <summary>An apply that would change fields of other managers: 409, with one FieldManagerConflict cause a conflict.</summary>
internal sealed class ApplyConflictException(string message, IReadOnlyList<ApplyConflict> conflicts) : PatchException(409, "Conflict", message)
{
    public IReadOnlyList<ApplyConflict> Conflicts { get; } = conflicts;
}
