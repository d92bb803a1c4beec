using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Clusters;

/// <summary>What an API server is known by whatever its address: the uid of its namespace <c>kube-system</c>.</summary>
internal static class ClusterUid
{
    private const string Path = "api/v1/namespaces/kube-system";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The uid; null where we may not read it, or it is none.</summary>
    public static async Task<string?> ReadAsync(ICluster cluster, TimeProvider time, CancellationToken token)
    {
        try
        {
            // Has a deadline of its own, and may wait long for the first credentials before that.
            using var response = await cluster.OpenAsync(Path, token, ObjectReading.Secrets.Accept);
            using var deadline = new CancellationTokenSource(Limit, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
            var body = await BoundedBody.ReadAsync(response, "GET /" + Path, BoundedBody.MaxObject, both.Token);
            return JsonAnswer.TryParse(body.Span)?["metadata"].Text("uid") is { } uid && KubernetesNames.IsUid(uid) ? uid : null;
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden || failure.IsNotFound)
        {
            return null;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw ApiError.FromDeadline("GET /" + Path, Limit);
        }
    }
}
