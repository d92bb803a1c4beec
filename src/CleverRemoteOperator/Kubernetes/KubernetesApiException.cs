using System.Net;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>A request to a Kubernetes API that failed. Its message holds no credential, no body of ours, and at most 512 characters of the answer.</summary>
/// <param name="message">What was asked and what came back.</param>
/// <param name="status">Status of the answer; null when there was none (network error, TLS, time-out).</param>
/// <param name="reason">Reason of the Kubernetes Status: <c>NotFound</c>, <c>Conflict</c>, <c>Expired</c> …; empty when it gave none.</param>
internal sealed class KubernetesApiException(string message, HttpStatusCode? status, string reason, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Reason where no request was made, since the kubeconfig cannot be used.</summary>
    public const string InvalidKubeconfig = "InvalidKubeconfig";

    /// <summary>Status of the answer; null when there was none.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Reason of the Kubernetes Status.</summary>
    public string Reason { get; } = reason;

    /// <summary>When the server asked to be asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    public bool IsConflict => Status == HttpStatusCode.Conflict;

    public bool IsForbidden => Status == HttpStatusCode.Forbidden;

    public bool IsUnauthorized => Status == HttpStatusCode.Unauthorized;

    /// <summary>What was to be written breaks a rule of the API server.</summary>
    public bool IsInvalid => Status == HttpStatusCode.UnprocessableEntity;

    /// <summary>The resourceVersion asked for is gone: list again.</summary>
    public bool IsExpired => Status == HttpStatusCode.Gone || Reason is "Expired" or "Gone";
}
