using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>What a row carries besides its cells, as the query's includeObject has it.</summary>
internal enum IncludeObject
{
    Metadata,
    Object,
    None,
}

/// <summary>How to render a table: the clock's reading for ages, includeObject, and the list's own metadata.</summary>
internal sealed record TableOptions(DateTimeOffset Now, IncludeObject IncludeObject = IncludeObject.Metadata, JsonObject? ListMetadata = null);
