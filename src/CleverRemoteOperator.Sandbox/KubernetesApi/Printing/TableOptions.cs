namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>What a row carries besides its cells.</summary>
internal enum IncludeObject
{
    Metadata,
    Object,
    None,
}

/// <summary>How to render a table: the clock's reading for ages, the query's includeObject, and the list's resourceVersion.</summary>
internal sealed record TableOptions(DateTimeOffset Now, IncludeObject IncludeObject = IncludeObject.Metadata, string? ResourceVersion = null, string? Continue = null);
