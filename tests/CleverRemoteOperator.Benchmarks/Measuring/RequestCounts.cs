using System.Net.Http.Json;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>How many requests were made, by route: <c>patch postgresqls/status</c>, <c>POST /v2/organisations/{id}/addons</c>.</summary>
internal sealed record RequestCounts(IReadOnlyDictionary<string, double> ByRoute)
{
    /// <summary>The figure of all writes as the operator counts them.</summary>
    public const string Writes = "writes";

    /// <summary>The same as sandbox servers count them.</summary>
    public const string ServersWrites = "writes, as the servers counted";

    /// <summary>Figures of single routes begin with it.</summary>
    public const string RouteIndent = "  ";

    private const string OperatorAgent = "clever-remote-operator";

    private static readonly string[] WritingVerbs = ["create", "update", "patch", "delete", "POST", "PUT", "DELETE"];

    /// <summary>Without <see cref="IsUpkeep"/>.</summary>
    public double Written => Sum(route => IsWrite(route) && !IsUpkeep(route));

    /// <summary>Without <see cref="IsUpkeep"/>.</summary>
    public double Read => Sum(route => !IsWrite(route) && !IsUpkeep(route));

    public static RequestCounts None { get; } = new(new Dictionary<string, double>());

    /// <summary>What the operator says it asked Kubernetes; failures have routes of their own, with the status at the end.</summary>
    public static RequestCounts OfKubernetes(MetricsPage page) => new(page.Samples("clever_operator_kubernetes_requests_total")
        .GroupBy(sample => RouteOf(sample.Labels["verb"], sample.Labels["resource"], sample.Labels["status"]))
        .ToDictionary(same => same.Key, same => same.Sum(sample => sample.Value)));

    /// <summary>What sandbox clusters counted of the operator; others count nothing.</summary>
    public static async Task<RequestCounts> OfServersAsync(IEnumerable<TestCluster> clusters)
    {
        var pages = await Task.WhenAll(clusters.Select(cluster => cluster.Api.GetAsync(Sandbox.KubernetesApi.Routing.RequestCounts.Path)));
        return new(pages.SelectMany(page => page?["requests"]?.AsArray() ?? []).Where(entry => (string?)entry!["agent"] == OperatorAgent)
            .GroupBy(entry => $"{entry!["verb"]} {entry["resource"]}")
            .ToDictionary(same => same.Key, same => same.Sum(entry => (double)entry!["count"]!)));
    }

    /// <summary>What the sandbox's Clever API counted.</summary>
    public static async Task<RequestCounts> OfCleverApiAsync(HttpClient client, Uri counts) =>
        new((await client.GetFromJsonAsync<IReadOnlyList<Entry>>(counts))!.ToDictionary(entry => $"{entry.Method} {entry.Route}", entry => (double)entry.Count));

    /// <summary>Whether it happens for a cluster, however many resources there are: its Lease, its probe, what it serves.</summary>
    public static bool IsUpkeep(string route) =>
        route.Contains(" leases", StringComparison.Ordinal) || route.StartsWith("get version", StringComparison.Ordinal) || route.StartsWith("get discovery", StringComparison.Ordinal);

    public static bool IsWrite(string route) => WritingVerbs.Contains(route[..route.IndexOf(' ', StringComparison.Ordinal)]);

    /// <summary>What was counted since then.</summary>
    public RequestCounts Since(RequestCounts before) => new(ByRoute
        .Select(pair => KeyValuePair.Create(pair.Key, pair.Value - before.ByRoute.GetValueOrDefault(pair.Key)))
        .Where(pair => pair.Value != 0).ToDictionary());

    private double Sum(Func<string, bool> counts) => ByRoute.Where(pair => counts(pair.Key)).Sum(pair => pair.Value);

    // Each kind has watches of its own; which kinds there are, the options say.
    private static string RouteOf(string verb, string resource, string status) =>
        $"{verb} {(verb is "watch" or "list" && AddonCatalog.ByPlural(resource) is not null ? "resources" : resource)}{(status.StartsWith('2') ? "" : $" {status}")}";

    private sealed record Entry(string Method, string Route, long Count);
}
