using System.Net;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Commands.Fleet;

/// <summary>Clusters in memory, for the commands that look at the fleet.</summary>
internal sealed class FakeFleet : IClusterFactory
{
    private readonly Dictionary<string, FleetStub> _stubs = new(StringComparer.Ordinal);

    public static DateTimeOffset Now { get; } = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Now);

    /// <summary>What is configured.</summary>
    public List<FleetCluster> Clusters { get; } = [];

    /// <summary>A cluster that answers.</summary>
    public FleetStub Add(string name, params string[] namespaces)
    {
        var options = new ClusterOptions { Name = name, Source = $"{name}.yaml" };
        Clusters.Add(new(name, options.Source, new(new ClusterId(name), options, "kubeconfig", namespaces.Length == 0 ? ["*"] : namespaces), null));
        return _stubs[name] = new FleetStub(name);
    }

    /// <summary>What the clusters show.</summary>
    public Task<IReadOnlyList<ClusterView>> ReadAsync(FleetFilter? filter = null) =>
        new FleetReader(this, Time, FleetReader.Limit).ReadAsync(Clusters, filter ?? new(), TestContext.Current.CancellationToken);

    public ICluster Connect(ClusterDefinition definition) => _stubs[definition.Id.Name];

    /// <summary>A resource as an API server gives it.</summary>
    public static JsonObject Resource(string kind, string @namespace, string name, string reason, TimeSpan age, string? message = null, bool isReady = false, bool isStalled = false)
    {
        var catalogued = AddonCatalog.Find(kind)!;
        var since = (Now - age).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        JsonArray conditions = [Condition("Ready", isReady)];
        if (isStalled)
        {
            conditions.Add((JsonNode)Condition("Stalled", isStalled));
        }

        return new JsonObject
        {
            ["apiVersion"] = "api.clever-cloud.com/v1",
            ["kind"] = catalogued.Name,
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = @namespace,
                ["uid"] = UidOf($"{kind}/{@namespace}/{name}"),
                ["resourceVersion"] = "1",
                ["generation"] = 1,
                ["creationTimestamp"] = since,
            },
            ["spec"] = new JsonObject { ["plan"] = "s" },
            ["status"] = new JsonObject { ["conditions"] = conditions },
        };

        JsonObject Condition(string type, bool holds) => new()
        {
            ["type"] = type,
            ["status"] = holds ? "True" : "False",
            ["reason"] = reason,
            ["message"] = message ?? "",
            ["lastTransitionTime"] = since,
            ["observedGeneration"] = 1,
        };
    }

    /// <summary>One that is in order, with its add-on.</summary>
    public static JsonObject Ready(string kind, string @namespace, string name, string addon = "addon_00000000-0000-4000-8000-000000000001")
    {
        var resource = Resource(kind, @namespace, name, "Available", TimeSpan.FromDays(3), isReady: true);
        resource["status"]!["addon"] = addon;
        resource["status"]!["plan"] = "s";
        return resource;
    }

    /// <summary>The uid of that resource.</summary>
    public static string UidOf(string name) => new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();

    /// <summary>How a server that does not answer fails.</summary>
    public static KubernetesApiException Refused { get; } =
        new("GET /apis/api.clever-cloud.com: no connection: Connection refused", null, FailureReason.NoConnection);

    /// <summary>How a server fails that lets us see nothing.</summary>
    public static KubernetesApiException Forbidden { get; } = new("GET: 403 Forbidden: may not list", HttpStatusCode.Forbidden, "Forbidden");
}
