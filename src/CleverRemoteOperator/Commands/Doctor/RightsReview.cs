using System.Text.Json.Nodes;
using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Commands.Doctor;

/// <summary>Asks an API server which of the rights the operator needs it grants us. Nothing is stored by it.</summary>
internal sealed class RightsReview(ICluster cluster)
{
    private const int AtOnce = 8;

    private static readonly ApiResource Access = new("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview");

    /// <summary>Those of the rights that are missing, in the same order.</summary>
    /// <exception cref="KubernetesApiException">The server does not answer such questions.</exception>
    public async Task<IReadOnlyList<Right>> MissingAsync(IReadOnlyList<Right> needed, CancellationToken token)
    {
        // An administrator is known by one question.
        if (await IsAllowedAsync(new("*", "*", "*", null, null, ""), token))
        {
            return [];
        }

        using var slots = new SemaphoreSlim(AtOnce);
        var allowed = await Task.WhenAll(needed.Select(async right =>
        {
            await slots.WaitAsync(token);
            try
            {
                return await IsAllowedAsync(right, token);
            }
            finally
            {
                slots.Release();
            }
        }));
        return [.. needed.Zip(allowed).Where(pair => !pair.Second).Select(pair => pair.First)];
    }

    private async Task<bool> IsAllowedAsync(Right right, CancellationToken token)
    {
        var parts = right.Resource.Split('/');
        var attributes = new JsonObject { ["verb"] = right.Verb, ["group"] = right.Group, ["resource"] = parts[0] };
        foreach (var (field, value) in new[] { ("subresource", parts.ElementAtOrDefault(1)), ("namespace", right.Namespace), ("name", right.Name) })
        {
            if (value is not null)
            {
                attributes[field] = value;
            }
        }

        var answer = await cluster.ReviewAsync(Access, new JsonObject { ["resourceAttributes"] = attributes }, token);
        return answer["allowed"] is JsonValue allowed && allowed.TryGetValue<bool>(out var isAllowed) && isAllowed;
    }
}
