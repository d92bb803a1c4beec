using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

/// <summary>How many requests came in, by client, verb and qualified resource; other paths count under the empty resource.</summary>
internal sealed class RequestCounts
{
    /// <summary>Where they can be read by anybody, which does not count.</summary>
    public const string Path = "/_sandbox/requests";

    private readonly ConcurrentDictionary<(string Agent, string Verb, string Resource), int> _counts = new();

    /// <summary>All counts now, of all clients.</summary>
    public IReadOnlyDictionary<(string Verb, string Resource), int> All =>
        _counts.GroupBy(pair => (pair.Key.Verb, pair.Key.Resource)).ToDictionary(same => same.Key, same => same.Sum(pair => pair.Value));

    public int Of(string verb, string resource) => All.GetValueOrDefault((verb, resource));

    public void Add(ApiRequest request) => _counts.AddOrUpdate(
        (request.Http.Request.Headers.UserAgent.ToString().Split('/')[0], request.Verb, request.QualifiedResource), 1, (_, count) => count + 1);

    public void Clear() => _counts.Clear();

    /// <summary>All counts, each with its client as the User-Agent begins.</summary>
    public JsonObject ToJson() => new()
    {
        ["requests"] = new JsonArray([.. _counts.Select(JsonNode (pair) => new JsonObject
        {
            ["agent"] = pair.Key.Agent,
            ["verb"] = pair.Key.Verb,
            ["resource"] = pair.Key.Resource,
            ["count"] = pair.Value,
        })]),
    };
}
