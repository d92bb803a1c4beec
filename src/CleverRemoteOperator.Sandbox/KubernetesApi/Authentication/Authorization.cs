using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

/// <summary>Which user may do what.</summary>
internal static class Authorization
{
    private static readonly string[] Reading = ["get", "list", "watch", "head"];

    public static bool Allows(ClusterUser user, string verb, string group) => user switch
    {
        ClusterUser.Admin => true,
        // Anybody who may read may also ask what else they may do.
        ClusterUser.Viewer => Reading.Contains(verb) || (verb == "create" && group is "authorization.k8s.io" or "authentication.k8s.io"),
        _ => false,
    };

    /// <summary>Throws 403 where the user may not do what the request asks for.</summary>
    public static void Check(ClusterUser user, ApiRequest request)
    {
        if (Allows(user, request.Verb, request.Group))
        {
            return;
        }

        var who = $"User \"{BearerTokens.NameOf(user)}\" cannot {request.Verb}";
        if (!request.IsResource)
        {
            throw new ApiException(403, "Forbidden", $"forbidden: {who} path \"{request.Path}\"", []);
        }

        var resource = request.Subresource.Length == 0 ? request.Resource : $"{request.Resource}/{request.Subresource}";
        var where = request.Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{request.Namespace}\"";
        var name = request.Name.Length == 0 ? "" : $" \"{request.Name}\"";
        throw new ApiException(
            403,
            "Forbidden",
            $"{request.QualifiedResource}{name} is forbidden: {who} resource \"{resource}\" in API group \"{request.Group}\" {where}",
            Details(request));
    }

    private static JsonObject Details(ApiRequest request)
    {
        JsonObject details = [];
        if (request.Name.Length > 0)
        {
            details["name"] = request.Name;
        }

        if (request.Group.Length > 0)
        {
            details["group"] = request.Group;
        }

        details["kind"] = request.Resource;
        return details;
    }
}
