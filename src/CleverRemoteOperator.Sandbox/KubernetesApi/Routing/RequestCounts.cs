using System.Collections.Concurrent;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

/// <summary>How many requests came in, by verb and qualified resource; other paths count under the empty resource.</summary>
internal sealed class RequestCounts
{
    private readonly ConcurrentDictionary<(string Verb, string Resource), int> _counts = new();

    /// <summary>All counts now.</summary>
    public IReadOnlyDictionary<(string Verb, string Resource), int> All => new Dictionary<(string, string), int>(_counts);

    public int Of(string verb, string resource) => _counts.GetValueOrDefault((verb, resource));

    public void Add(ApiRequest request) => _counts.AddOrUpdate((request.Verb, request.QualifiedResource), 1, (_, count) => count + 1);

    public void Clear() => _counts.Clear();
}
