using System.Collections.Concurrent;

namespace CleverRemoteOperator.Sandbox.CleverApi.Control;

/// <summary>How many requests came, by method and route template; control routes do not count.</summary>
internal sealed class RequestCounts
{
    private readonly ConcurrentDictionary<(string Method, string Route), long> _counts = new();

    /// <summary>Where requests are counted whose path nothing serves.</summary>
    public const string Unrouted = "(unrouted)";

    public long Total => _counts.Values.Sum();

    /// <summary>The count of one method and template, such as <c>POST</c> and <c>/v2/organisations/{id}/addons</c>.</summary>
    public long Of(string method, string route) => _counts.GetValueOrDefault((method, route));

    public IReadOnlyList<RequestCount> Snapshot() =>
        [.. _counts.Select(pair => new RequestCount(pair.Key.Method, pair.Key.Route, pair.Value))
            .OrderBy(count => count.Route, StringComparer.Ordinal).ThenBy(count => count.Method, StringComparer.Ordinal)];

    public void Add(string method, string route) => _counts.AddOrUpdate((method, route), 1, static (_, count) => count + 1);

    public void Reset() => _counts.Clear();
}

/// <summary>The requests of one method to one route.</summary>
internal sealed record RequestCount(string Method, string Route, long Count);
