using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>One request to an API server.</summary>
/// <param name="PathAndQuery">Below the server's address, without a leading slash.</param>
/// <param name="Body">JSON; null for none. Never shown.</param>
internal sealed record ApiRequest(
    HttpMethod Method, string PathAndQuery, string Accept = "application/json", byte[]? Body = null, string ContentType = "application/json")
{
    /// <summary>The request with this body.</summary>
    public ApiRequest With<T>(T body, JsonTypeInfo<T> type) => this with { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };

    /// <summary>Method and path, as errors cite them: without query and body.</summary>
    public override string ToString()
    {
        var query = PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return $"{Method} /{(query < 0 ? PathAndQuery : PathAndQuery[..query])}";
    }
}
