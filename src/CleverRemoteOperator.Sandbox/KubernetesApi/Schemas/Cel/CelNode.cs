namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>The variables an expression sees: self, oldSelf and those of the macros around it.</summary>
internal sealed record CelScope(string Name, object? Value, CelScope? Outer)
{
    public object? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Name == name)
            {
                return scope.Value;
            }
        }

        throw new CelException($"no such variable: {name}");
    }
}

/// <summary>A compiled part of an expression; the selection is set for <c>operand.field</c>, which has() asks for.</summary>
internal sealed record CelNode(int Position, Func<CelScope, object?> Evaluate, CelSelection? Selection = null);

/// <summary>The operand and field of <c>operand.field</c>.</summary>
internal sealed record CelSelection(CelNode Operand, string Field);
