namespace CleverRemoteOperator.Kubernetes;

/// <summary>What becomes of the definition of a type.</summary>
internal enum DefinitionState
{
    /// <summary>It is there and stays.</summary>
    InOrder,

    /// <summary>It is being deleted, or gone: its resources go with it.</summary>
    Going,

    /// <summary>It may not be read. The server lets such objects be created, which it does some moments longer than the definition stays.</summary>
    Unreadable,
}
