using System.Text.Json.Serialization.Metadata;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;

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
                // A version may go between the two questions; then it is not served.
                foreach (var type in await TypesAsync(transport, group, version, token))
                {
                    if (type.Namespaced && KubernetesNames.IsLabel(type.Name) && !string.IsNullOrEmpty(type.Kind))
                    {
                        found.TryAdd((group, type.Name), new ApiResource(group, version, type.Name, type.Kind));
                    }
                }
            }
        }

        return [.. found.Values];
    }

    /// <summary>True while the server lets objects of the type be created: not any more once its definition is being deleted.</summary>
    public static async Task<bool> CanCreateAsync(ApiTransport transport, ApiResource type, CancellationToken token) =>
        (await TypesAsync(transport, type.Group, type.Version, token)).Any(served => served.Name == type.Plural && served.Verbs?.Contains("create") == true);

    private static async Task<IEnumerable<string>> VersionsAsync(ApiTransport transport, string group, CancellationToken token)
    {
        var served = await GetAsync(transport, ApiPath.Root(group), KubernetesModels.Default.V1APIGroup, token);
        return (served?.Versions ?? []).Prepend(served?.PreferredVersion).Select(version => version?.Version)
            .Where(version => KubernetesNames.IsSubdomain(version)).OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private static async Task<IEnumerable<V1APIResource>> TypesAsync(ApiTransport transport, string group, string version, CancellationToken token) =>
        (await GetAsync(transport, ApiPath.Root(group, version), KubernetesModels.Default.V1APIResourceList, token))?.Resources?.OfType<V1APIResource>() ?? [];

    // A group or version that is not served gets a plain page, from an API server as well.
    private static async Task<T?> GetAsync<T>(ApiTransport transport, string path, JsonTypeInfo<T> type, CancellationToken token)
        where T : class
    {
        var request = new ApiRequest(HttpMethod.Get, path);
        try
        {
            return await transport.SendAsync(request, answer => JsonAnswer.Parse(request, answer, type), token);
        }
        catch (KubernetesApiException failure) when (failure.Means(FailureMeaning.NotServed))
        {
            return null;
        }
    }
}
