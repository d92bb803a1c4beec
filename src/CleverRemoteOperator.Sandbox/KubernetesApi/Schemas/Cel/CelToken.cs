namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>What sort of word a token is.</summary>
internal enum CelTokenKind
{
    Identifier,
    Literal,
    Symbol,
    End,
}

/// <summary>One word of an expression; a literal carries its value.</summary>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, int Position, object? Value = null);
