using System.Net;
using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>A request to a Kubernetes API that failed. Its message holds no credential, no body of ours, and at most 512 characters of the answer.</summary>
/// <param name="message">What was asked and what came back.</param>
/// <param name="status">Status of the answer; null when there was none (network error, TLS, time-out).</param>
/// <param name="reason">Reason of the Kubernetes Status: <c>NotFound</c>, <c>Conflict</c>, <c>Expired</c> …; empty when it gave none.</param>
internal sealed partial class KubernetesApiException(string message, HttpStatusCode? status, string reason, Exception? inner = null)
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

    /// <summary>The server itself says that there is no such object. A page of something on the way to it proves nothing, least of all that a Secret is not there.</summary>
    public bool IsNotFound => Status == HttpStatusCode.NotFound && Reason == "NotFound";

    /// <summary>The object is not any more as it was seen: another revision, or another object of the same name.</summary>
    public bool IsConflict => Status == HttpStatusCode.Conflict || (IsInvalid && Message.Contains("metadata.uid: Invalid value", StringComparison.Ordinal));

    public bool IsForbidden => Status == HttpStatusCode.Forbidden;

    /// <summary>Our account has no right to do this. A 403 may as well come from a quota, a policy, or a namespace that is going away.</summary>
    public bool IsMissingRight => IsForbidden && MissingRight().IsMatch(Message);

    /// <summary>Nothing can be written into the namespace any more, since it is being deleted, or is gone.</summary>
    public bool IsNamespaceGoing =>
        (IsForbidden && Message.Contains("because it is being terminated", StringComparison.Ordinal))
        || (IsNotFound && Message.Contains(": namespaces \"", StringComparison.Ordinal));

    public bool IsUnauthorized => Status == HttpStatusCode.Unauthorized;

    /// <summary>What was to be written breaks a rule of the API server.</summary>
    public bool IsInvalid => Status == HttpStatusCode.UnprocessableEntity;

    /// <summary>The server does not take what was to be written, and will not before somebody changes something: webhooks choose among all 4xx.</summary>
    public bool IsRefused => Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
        and not (HttpStatusCode.Unauthorized or HttpStatusCode.NotFound or HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict
            or HttpStatusCode.Gone or HttpStatusCode.TooManyRequests);

    /// <summary>A policy or webhook of the cluster does not want it: 422 from a policy says nothing of the object's own form.</summary>
    public bool IsAdmission => IsRefused && Admission().IsMatch(Message);

    /// <summary>The resourceVersion asked for is gone: list again.</summary>
    public bool IsExpired => Status == HttpStatusCode.Gone || Reason is "Expired" or "Gone";

    [GeneratedRegex("ValidatingAdmissionPolicy|admission webhook|denied (the )?request", RegexOptions.IgnoreCase)]
    private static partial Regex Admission();

    // The words of every API server since 1.14, whatever decides about rights behind it.
    [GeneratedRegex(" cannot [a-z]+ (resource|path) ")]
    private static partial Regex MissingRight();
}
