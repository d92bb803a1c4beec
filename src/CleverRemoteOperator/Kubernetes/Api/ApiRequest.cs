using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>One request to an API server.</summary>
/// <param name="PathAndQuery">Below the server's address, without a leading slash.</param>
/// <param name="Body">Null for none. Never shown.</param>
internal sealed record ApiRequest(
    HttpMethod Method, string PathAndQuery, string Accept = "application/json", JsonObject? Body = null, string ContentType = "application/json")
{
    /// <summary>Method and path, as errors cite them: without query and body.</summary>
    public override string ToString()
    {
        var query = PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return $"{Method} /{(query < 0 ? PathAndQuery : PathAndQuery[..query])}";
    }
}
