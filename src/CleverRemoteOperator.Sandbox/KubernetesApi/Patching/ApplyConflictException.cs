namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>One field that another manager owns with another value; the description is the manager's as messages have it.</summary>
internal sealed record ApplyConflict(string Manager, string Version, string Field, string ManagerDescription)
{
    /// <summary>The message of the FieldManagerConflict cause.</summary>
    public string Message => $"conflict with {ManagerDescription}";
}

/// <summary>An apply that would change fields of other managers: 409, with one FieldManagerConflict cause a conflict.</summary>
internal sealed class ApplyConflictException(IReadOnlyList<ApplyConflict> conflicts) : PatchException(409, "Conflict", Word(conflicts))
{
    public IReadOnlyList<ApplyConflict> Conflicts { get; } = conflicts;

    private static string Word(IReadOnlyList<ApplyConflict> conflicts)
    {
        if (conflicts is [ApplyConflict only])
        {
            return $"Apply failed with 1 conflict: {only.Message}: {only.Field}";
        }

        var lines = conflicts.GroupBy(conflict => conflict.ManagerDescription).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => group.Select(conflict => $"- {conflict.Field}").Prepend($"conflicts with {group.Key}:"));
        return $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', lines)}";
    }
}
