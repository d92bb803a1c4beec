using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Workloads over HTTP: listed in small pages, as each of them may be large.</summary>
internal static class WorkloadApi
{
    private const string PageSize = "10";

    /// <summary>All of that type in a namespace.</summary>
    public static async Task<IReadOnlyList<Workload>> ListAsync(ApiTransport transport, ApiResource type, string @namespace, CancellationToken token)
    {
        List<Workload> workloads = [];
        for (string? next = null; ;)
        {
            var request = new ApiRequest(HttpMethod.Get, ApiPath.WithQuery(ApiPath.Of(type, @namespace), ("limit", PageSize), ("continue", next)));
            var page = await transport.SendAsync(request, answer => JsonAnswer.Parse(request, answer), token);
            workloads.AddRange((page["items"] as JsonArray ?? []).Select(Workload.Read));
            next = page["metadata"].Text("continue");
            if (string.IsNullOrEmpty(next))
            {
                return workloads;
            }
        }
    }

    /// <summary>One of them.</summary>
    public static async Task<Workload?> GetAsync(ApiTransport transport, ApiResource type, string @namespace, string name, CancellationToken token)
    {
        var request = new ApiRequest(HttpMethod.Get, ApiPath.Of(type, @namespace, name));
        try
        {
            return await transport.SendAsync(request, answer => Workload.Read(JsonAnswer.Parse(request, answer)), token);
        }
        catch (KubernetesApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>The patch of its pod template.</summary>
    public static ApiRequest Restart(ApiResource type, string @namespace, Workload workload, string checksum, string fieldManager)
    {
        var annotations = new JsonObject { [AddonCatalog.RestartAnnotation] = checksum };
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = workload.Uid },
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } } },
        };
        var path = ApiPath.WithQuery(ApiPath.Of(type, @namespace, workload.Name), ("fieldManager", fieldManager));
        return new ApiRequest(HttpMethod.Patch, path, ContentType: "application/merge-patch+json").With(patch, KubernetesModels.Default.JsonObject);
    }
}
