using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

/// <summary>Which user may do what.</summary>
internal static class Authorization
{
    private static readonly Rule[] Everything = [new(["*"], ["*"])];

    // Anybody who may read may also ask what else they may do.
    private static readonly Rule[] Reading = [new(["*"], ["get", "list", "watch", "head"]), new(["authentication.k8s.io", "authorization.k8s.io"], ["create"])];

    /// <summary>These verbs, on every resource of these groups; <c>*</c> = any, of groups also what is no resource.</summary>
    internal sealed record Rule(string[] Groups, string[] Verbs)
    {
        public bool Allows(string verb, string group) => Holds(Verbs, verb) && Holds(Groups, group);

        private static bool Holds(string[] allowed, string asked) => allowed.Contains("*") || allowed.Contains(asked);
    }

    public static IReadOnlyList<Rule> RulesOf(ClusterUser user) => user switch
    {
        ClusterUser.Admin => Everything,
        ClusterUser.Viewer => Reading,
        _ => [],
    };

    public static bool Allows(ClusterUser user, string verb, string group) => RulesOf(user).Any(rule => rule.Allows(verb, group));

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
