using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>Lists all objects of one type once, page by page.</summary>
internal static class ResourceLister
{
    private const int PageSize = 500;
    private const int MaxPages = 1000;

    /// <param name="namespace">Null for all.</param>
    /// <param name="fieldSelector">Null for none.</param>
    /// <returns>Those that could be read, and how many could not.</returns>
    /// <exception cref="KubernetesApiException">The list cannot be had.</exception>
    public static async Task<(List<T> Items, int Malformed)> ListAsync<T>(
        ICluster cluster, ApiResource type, string? @namespace, ObjectFormat<T> format, CancellationToken token, string? fieldSelector = null)
        where T : class, INamespacedObject
    {
        var items = new List<T>();
        var malformed = 0;
        var (next, limit) = ("", (int?)PageSize);
        for (var pages = 0; pages < MaxPages; pages++)
        {
            try
            {
                var path = ApiPath.WithQuery(
                    ApiPath.Of(type, @namespace), ("limit", limit?.ToString()), ("continue", next.Length == 0 ? null : next), ("fieldSelector", fieldSelector));
                using var response = await cluster.OpenAsync(path, token, format.ListAccept);
                var page = await BoundedBody.ReadAsync(
                    response, $"list {type}", BoundedBody.MaxPage, body => ListPage.Read(body, format, items.Add, _ => malformed++), token)
                    ?? throw new KubernetesApiException($"list {type}: the answer is not a list", null, FailureReason.Unreadable);
                next = page.Continue;
                if (next.Length == 0)
                {
                    return (items, malformed);
                }
            }
            catch (KubernetesApiException failure) when (failure.Means(FailureMeaning.TooLarge) && limit is null or > 1)
            {
                limit = Math.Max(1, (limit ?? PageSize) / 4);
            }
            catch (KubernetesApiException failure) when (failure.IsExpired && next.Length > 0)
            {
                // The list took longer than the server keeps its state of then: once more, in one piece.
                items.Clear();
                (next, limit, malformed) = ("", null, 0);
            }
        }

        throw new KubernetesApiException($"list {type}: it has more than {MaxPages} pages", null, FailureReason.Unreadable);
    }
}
