using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Discovery;

/// <summary>Renders what a client learns about the API.</summary>
internal static class DiscoveryDocuments
{
    private static readonly string[] SubresourceVerbs = ["get", "patch", "update"];
    private static readonly string[] FinalizeVerbs = ["update"];

    public static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "36",
        ["emulationMajor"] = "1",
        ["emulationMinor"] = "36",
        ["minCompatibilityMajor"] = "1",
        ["minCompatibilityMinor"] = "35",
        ["gitVersion"] = "v1.36.4+sandbox",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2026-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "dotnet",
        ["platform"] = "linux/" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant().Replace("x64", "amd64", StringComparison.Ordinal),
    };

    public static JsonObject Paths(IReadOnlyList<ResourceType> types) => new()
    {
        ["paths"] = types.Where(type => type.Group.Length > 0).SelectMany(type => new[] { $"/apis/{type.Group}", $"/apis/{type.ApiVersion}" })
            .Concat(["/api", "/api/v1", "/apis", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToJson(),
    };

    public static JsonObject CoreVersions(string host) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = host }),
    };

    public static JsonObject Groups(IReadOnlyList<ResourceType> types) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. GroupNames(types).Select(group => Group(group, types, standalone: false))]),
    };

    public static JsonObject Group(string group, IReadOnlyList<ResourceType> types, bool standalone)
    {
        JsonObject[] versions = [.. Versions(group, types).Select(version => new JsonObject { ["groupVersion"] = $"{group}/{version}", ["version"] = version })];
        JsonObject document = standalone ? new() { ["kind"] = "APIGroup", ["apiVersion"] = "v1" } : [];
        document["name"] = group;
        document["versions"] = new JsonArray([.. versions]);
        document["preferredVersion"] = versions[0].DeepClone();
        return document;
    }

    /// <summary>The resources of one group and version.</summary>
    public static JsonObject Resources(IReadOnlyList<ResourceType> types)
    {
        JsonArray resources = [];
        foreach (var type in types)
        {
            var resource = Resource(type, type.Plural, type.Singular, type.Verbs, type.ShortNames, type.Categories);
            if (type.Stored)
            {
                resource["storageVersionHash"] = StorageVersionHash(type);
            }

            resources.Add(resource);
            foreach (var subresource in type.Subresources)
            {
                resources.Add(Resource(type, $"{type.Plural}/{subresource}", "", VerbsOf(subresource), [], []));
            }
        }

        return new() { ["kind"] = "APIResourceList", ["apiVersion"] = "v1", ["groupVersion"] = types[0].ApiVersion, ["resources"] = resources };
    }

    /// <summary>Everything at once, as apidiscovery.k8s.io has it.</summary>
    public static JsonObject Aggregated(IReadOnlyList<ResourceType> types, string apiVersion) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = "apidiscovery.k8s.io/" + apiVersion,
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. GroupNames(types).Select(group => new JsonObject
        {
            ["metadata"] = group.Length == 0 ? [] : new JsonObject { ["name"] = group },
            ["versions"] = new JsonArray([.. Versions(group, types).Select(version => new JsonObject
            {
                ["version"] = version,
                ["resources"] = new JsonArray([.. types.Where(type => type.Group == group && type.Version == version).Select(Aggregated)]),
                ["freshness"] = "Current",
            })]),
        })]),
    };

    private static JsonObject Aggregated(ResourceType type)
    {
        JsonObject described = new()
        {
            ["resource"] = type.Plural,
            ["responseKind"] = ResponseKind(type),
            ["scope"] = type.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = type.Singular,
            ["verbs"] = type.Verbs.ToJson(),
        };
        AddUnlessEmpty(described, "shortNames", type.ShortNames);
        AddUnlessEmpty(described, "categories", type.Categories);
        if (type.Subresources.Count > 0)
        {
            described["subresources"] = new JsonArray([.. type.Subresources.Select(subresource => new JsonObject
            {
                ["subresource"] = subresource,
                ["responseKind"] = ResponseKind(type),
                ["verbs"] = VerbsOf(subresource).ToJson(),
            })]);
        }

        return described;
    }

    private static JsonObject ResponseKind(ResourceType type) => new() { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind };

    private static JsonObject Resource(ResourceType type, string name, string singular, IReadOnlyList<string> verbs, IReadOnlyList<string> shortNames, IReadOnlyList<string> categories)
    {
        JsonObject described = new()
        {
            ["name"] = name,
            ["singularName"] = singular,
            ["namespaced"] = type.Namespaced,
            ["kind"] = type.Kind,
            ["verbs"] = verbs.ToJson(),
        };
        AddUnlessEmpty(described, "shortNames", shortNames);
        AddUnlessEmpty(described, "categories", categories);
        return described;
    }

    /// <summary>Tells clients that move stored objects to another version when that version changed.</summary>
    private static string StorageVersionHash(ResourceType type) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{type.StoredAs.Group}/{type.StoredAs.Version}/{type.StoredAs.Kind}")).AsSpan(0, 8));

    private static string[] VerbsOf(string subresource) => subresource == "finalize" ? FinalizeVerbs : SubresourceVerbs;

    private static void AddUnlessEmpty(JsonObject target, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            target[name] = values.ToJson();
        }
    }

    private static IEnumerable<string> GroupNames(IEnumerable<ResourceType> types) => types.Select(type => type.Group).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Versions(string group, IEnumerable<ResourceType> types) =>
        types.Where(type => type.Group == group).Select(type => type.Version).Distinct(StringComparer.Ordinal).OrderDescending(ApiVersionOrder.Instance);
}
