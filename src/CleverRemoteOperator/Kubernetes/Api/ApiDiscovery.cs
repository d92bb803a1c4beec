using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Asks an API server which types it serves in some groups.</summary>
internal static class ApiDiscovery
{
    /// <summary>Namespaced types of the groups, each in one version: the group's preferred one where the type has it.</summary>
    public static async Task<IReadOnlyList<ApiResource>> RunAsync(ApiTransport transport, IEnumerable<string> groups, CancellationToken token)
    {
        var found = new Dictionary<(string Group, string Plural), ApiResource>();
        foreach (var group in groups)
        {
            foreach (var version in await VersionsAsync(transport, group, token))
            {
                foreach (var type in await TypesAsync(transport, group, version, token))
                {
                    found.TryAdd((group, type.Plural), type);
                }
            }
        }

        return [.. found.Values];
    }

    /// <summary>True while the server lets objects of the type be created: not any more once its definition is being deleted.</summary>
    public static async Task<bool> CanCreateAsync(ApiTransport transport, ApiResource type, CancellationToken token) =>
        await GetAsync(transport, ApiPath.Root(type.Group, type.Version), token) is { } answer
        && Items(answer, "resources").Any(item => JsonAnswer.Text(item, "name") == type.Plural
            && item!["verbs"] is JsonArray verbs && verbs.Any(verb => verb is JsonValue value && value.TryGetValue<string>(out var text) && text == "create"));

    private static async Task<IEnumerable<string>> VersionsAsync(ApiTransport transport, string group, CancellationToken token)
    {
        if (await GetAsync(transport, ApiPath.Root(group), token) is not { } answer)
        {
            return [];
        }

        var preferred = JsonAnswer.Text(answer["preferredVersion"], "version");
        return Items(answer, "versions").Select(item => JsonAnswer.Text(item, "version")).Prepend(preferred)
            .Where(version => KubernetesNames.IsSubdomain(version)).Distinct(StringComparer.Ordinal);
    }

    private static async Task<IEnumerable<ApiResource>> TypesAsync(ApiTransport transport, string group, string version, CancellationToken token)
    {
        // A version may go between the two questions; then it is not served.
        if (await GetAsync(transport, ApiPath.Root(group, version), token) is not { } answer)
        {
            return [];
        }

        return Items(answer, "resources")
            .Where(item => item?["namespaced"] is JsonValue namespaced && namespaced.TryGetValue<bool>(out var yes) && yes)
            .Select(item => new ApiResource(group, version, JsonAnswer.Text(item, "name"), JsonAnswer.Text(item, "kind")))
            .Where(type => KubernetesNames.IsLabel(type.Plural) && type.Kind.Length > 0);
    }

    // A group or version that is not served gets a plain page, from an API server as well.
    private static async Task<JsonObject?> GetAsync(ApiTransport transport, string path, CancellationToken token)
    {
        var request = new ApiRequest(HttpMethod.Get, path);
        try
        {
            return await transport.SendAsync(request, answer => JsonAnswer.Parse(request, answer), token);
        }
        catch (KubernetesApiException failure) when (failure.Means(FailureMeaning.NotServed))
        {
            return null;
        }
    }

    private static IEnumerable<JsonNode?> Items(JsonObject from, string key) =>
        from[key] is JsonArray items ? items.Where(item => item is JsonObject) : [];
}
