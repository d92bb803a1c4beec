using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Reading;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Watching;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

/// <summary>Sends each request for a resource to what serves its verb.</summary>
internal sealed class ResourceHandler(
    ResourceRegistry registry, ObjectReader reader, WatchHandler watches, WriteHandler writes, ReviewHandler reviews)
{
    public async Task ServeAsync(ApiRequest request, ClusterUser user)
    {
        var type = registry.Find(request.Group, request.Version, request.Resource);
        if (type is null || (type.Namespaced && request is { Namespace: "", Name.Length: > 0 }) || (!type.Namespaced && request.Namespace.Length > 0 && request.Resource != "namespaces"))
        {
            await (BuiltInResources.All.Any(known => known.ApiVersion == request.ApiVersion) ? throw ApiErrors.UnknownResource() : request.WriteUnknownPathAsync());
            return;
        }

        if (request.Subresource.Length > 0 && !type.Subresources.Contains(request.Subresource))
        {
            throw type.Custom ? ApiErrors.NotFound(type, request.Name) : ApiErrors.UnknownResource();
        }

        if (!type.Stored)
        {
            await (request.Verb == "create" ? reviews.AnswerAsync(request, type, user) : throw ApiErrors.MethodNotAllowed());
            return;
        }

        await ServeAsync(request, type);
    }

    private Task ServeAsync(ApiRequest request, ResourceType type) => request.Verb switch
    {
        "get" when request.Subresource != "finalize" => reader.GetAsync(request, type),
        "list" => reader.ListAsync(request, type),
        "watch" => watches.WatchAsync(request, type),
        "create" when request.Name.Length == 0 && (!type.Namespaced || request.Namespace.Length > 0) => writes.CreateAsync(request, type),
        "update" when request.Name.Length > 0 => writes.ReplaceAsync(request, type),
        "patch" when request.Name.Length > 0 => writes.PatchAsync(request, type),
        "delete" when request.Subresource.Length == 0 => writes.DeleteAsync(request, type),
        "deletecollection" when !type.Namespaced || request.Namespace.Length > 0 => writes.DeleteCollectionAsync(request, type),
        _ => throw ApiErrors.MethodNotAllowed(),
    };
}
