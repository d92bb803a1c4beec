using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Clusters;

/// <summary>Identifies an API server regardless of its address: the uid of its namespace <c>kube-system</c>.</summary>
internal static class ClusterUid
{
    private const string Path = "api/v1/namespaces/kube-system";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The uid; null when we may not read it or it is not valid.</summary>
    public static async Task<string?> ReadAsync(ICluster cluster, TimeProvider time, CancellationToken token)
    {
        try
        {
            // Has its own deadline, and may wait a long time for the first credentials before that.
            using var response = await cluster.OpenAsync(Path, token, ObjectReading.Secrets.Accept);
            return UidOf(await ReadBodyAsync(response, time, token));
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden || failure.IsNotFound)
        {
            return null;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, TimeProvider time, CancellationToken token)
    {
        using var deadline = new Deadline(Limit, time, token);
        try
        {
            return await BoundedBody.ReadAsync(response, "GET /" + Path, BoundedBody.MaxObject, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            throw ApiError.FromDeadline("GET /" + Path, Limit);
        }
    }

    private static string? UidOf(ReadOnlyMemory<byte> body) =>
        JsonAnswer.TryParse(body.Span)?["metadata"].Text("uid") is { } uid && KubernetesNames.IsUid(uid) ? uid : null;
}
