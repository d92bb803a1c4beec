using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>Lists objects as they are, with the labels and annotations that the operator itself does not keep.</summary>
internal static class RawLister
{
    private const int PageSize = 100;
    private const int MaxPages = 5000;

    /// <param name="namespace">Null for all.</param>
    /// <exception cref="KubernetesApiException">The list cannot be had.</exception>
    public static async Task<IReadOnlyList<JsonObject>> ListAsync(ICluster cluster, ApiResource type, string? @namespace, CancellationToken token, string? fieldSelector = null)
    {
        List<JsonObject> items = [];
        string? next = null;
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var path = ApiPath.WithQuery(ApiPath.Of(type, @namespace), ("limit", $"{PageSize}"), ("continue", next), ("fieldSelector", fieldSelector));
            using var response = await cluster.OpenAsync(path, token);
            var page = await BoundedBody.ReadAsync(response, $"list {type}", BoundedBody.MaxPage, body => JsonAnswer.TryParse(body), token);
            if (page?["items"] is not JsonArray found)
            {
                throw new KubernetesApiException($"list {type}: the answer is not a list", null, FailureReason.Unreadable);
            }

            foreach (var item in found.OfType<JsonObject>())
            {
                // Items of a list may go without what is the same in all of them.
                var copy = item.DeepClone().AsObject();
                copy["apiVersion"] = type.ApiVersion;
                copy["kind"] = type.Kind;
                items.Add(copy);
            }

            next = page["metadata"].Text("continue");
            if (string.IsNullOrEmpty(next))
            {
                return items;
            }
        }

        throw new KubernetesApiException($"list {type}: it has more than {MaxPages} pages", null, FailureReason.Unreadable);
    }
}
