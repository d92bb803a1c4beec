using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

/// <summary>Answers what a user asks about themselves: who they are, whether they may do one thing, what they may do at all.</summary>
internal sealed class ReviewHandler(RequestBody bodies)
{
    public async Task AnswerAsync(ApiRequest request, ResourceType type, ClusterUser user)
    {
        var review = await bodies.ReadObjectAsync(request, type.Kind);
        Decoding.Decode(type, review, WriteOptions.Of(request, "CreateOptions").Validation, request.Warnings);
        review["status"] = type.Kind switch
        {
            "SelfSubjectReview" => Identity(user),
            "SelfSubjectRulesReview" => Rules(user),
            _ => Access(user, review),
        };
        await request.WriteAsync(review, 201);
    }

    private static JsonObject Identity(ClusterUser user) => new()
    {
        ["userInfo"] = new JsonObject { ["username"] = BearerTokens.NameOf(user), ["groups"] = BearerTokens.GroupsOf(user).ToJson() },
    };

    private static JsonObject Access(ClusterUser user, JsonObject review)
    {
        var verb = review.Text("spec", "resourceAttributes", "verb") ?? review.Text("spec", "nonResourceAttributes", "verb") ?? "";
        var group = review.Text("spec", "resourceAttributes", "group") ?? "";
        return new() { ["allowed"] = Authorization.Allows(user, verb, group) };
    }

    private static JsonObject Rules(ClusterUser user) => new()
    {
        ["resourceRules"] = new JsonArray([.. Authorization.RulesOf(user).Select(rule => new JsonObject
        {
            ["verbs"] = rule.Verbs.ToJson(),
            ["apiGroups"] = rule.Groups.ToJson(),
            ["resources"] = new JsonArray("*"),
        })]),
        ["nonResourceRules"] = new JsonArray([.. Authorization.RulesOf(user).Where(rule => rule.Groups is ["*"]).Select(rule => new JsonObject
        {
            ["verbs"] = rule.Verbs.ToJson(),
            ["nonResourceURLs"] = new JsonArray("*"),
        })]),
        ["incomplete"] = false,
    };
}
