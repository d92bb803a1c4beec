using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>
/// Decides about requests as the RBAC of an API server would, by a manifest of roles and bindings that are all for one identity.
/// A server-side apply counts as a creation as well, as it does wherever the object is not there.
/// </summary>
internal sealed class GrantedRights
{
    private readonly List<Grant> _grants = [];

    public GrantedRights(string manifest)
    {
        var objects = manifest.Split("---\n").Select(YamlBody.Parse).OfType<JsonObject>().ToList();
        foreach (var binding in objects.Where(item => Text(item, "kind") is "RoleBinding" or "ClusterRoleBinding"))
        {
            var (scope, role) = (Text(binding["metadata"], "namespace"), binding["roleRef"]);
            var rules = objects.Single(item => Text(item, "kind") == Text(role, "kind") && Text(item["metadata"], "name") == Text(role, "name")
                && Text(item["metadata"], "namespace") == (Text(role, "kind") == "Role" ? scope : null))["rules"]!.AsArray();
            _grants.AddRange(rules.Select(rule => new Grant(
                scope, Texts(rule, "apiGroups"), Texts(rule, "resources"), Texts(rule, "resourceNames"), Texts(rule, "verbs"))));
        }
    }

    /// <summary>Why the request is refused, in an API server's own words; null when it is not.</summary>
    public string? Refusal(HttpRequest request)
    {
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = parts[0] == "api" ? 2 : 3;
        if (parts[0] is not ("api" or "apis") || parts.Length <= at)
        {
            return null; // discovery and the version are everybody's
        }

        var group = parts[0] == "api" ? "" : parts[1];
        var rest = parts[at..];
        // A namespace itself is within it.
        var @namespace = rest[0] == "namespaces" && rest.Length > 1 ? rest[1] : null;
        rest = rest is ["namespaces", _, _, ..] ? rest[2..] : rest;
        var (resource, name) = (rest.Length > 2 ? $"{rest[0]}/{rest[2]}" : rest[0], rest.Length > 1 ? rest[1] : NameInSelector(request));
        return Verbs(request, rest.Length > 1).FirstOrDefault(verb => !_grants.Exists(grant => grant.Allows(verb, group, resource, @namespace, name))) is { } refused
            ? $"{resource} is forbidden: User operator cannot {refused} resource {resource} in API group {group} in the namespace {@namespace}"
            : null;
    }

    private static IEnumerable<string> Verbs(HttpRequest request, bool isOne) => request.Method switch
    {
        "GET" => [request.Query.ContainsKey("watch") ? "watch" : isOne ? "get" : "list"],
        "POST" => ["create"],
        "PUT" => ["update"],
        "PATCH" when request.ContentType?.Contains("apply", StringComparison.Ordinal) == true => ["patch", "create"],
        var other => [other.ToLowerInvariant()],
    };

    private static string? NameInSelector(HttpRequest request) =>
        request.Query["fieldSelector"].ToString() is var selector && selector.StartsWith("metadata.name=", StringComparison.Ordinal) ? selector["metadata.name=".Length..] : null;

    private static string? Text(JsonNode? from, string key) => (string?)from?[key];

    private static HashSet<string> Texts(JsonNode? from, string key) => [.. from?[key]?.AsArray().Select(item => (string)item!) ?? []];

    private sealed record Grant(string? Scope, HashSet<string> Groups, HashSet<string> Resources, HashSet<string> Names, HashSet<string> Verbs)
    {
        public bool Allows(string verb, string group, string resource, string? @namespace, string? name) =>
            (Scope is null || Scope == @namespace) && Groups.Contains(group) && Resources.Contains(resource) && Verbs.Contains(verb)
            && (Names.Count == 0 || (name is not null && Names.Contains(name)));
    }
}
