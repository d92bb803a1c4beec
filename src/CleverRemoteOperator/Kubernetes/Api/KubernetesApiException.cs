using System.Net;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>A request to a Kubernetes API that failed. Its message holds no credential, no body of ours, and at most 512 characters of the answer.</summary>
/// <param name="message">What was asked and what came back.</param>
/// <param name="status">Status of the answer; null when there was none (network error, TLS, timeout).</param>
/// <param name="reason">Reason of the Kubernetes Status: <c>NotFound</c>, <c>Conflict</c>, <c>Expired</c> …; without an answer one of <see cref="FailureReason"/>; empty for none.</param>
internal sealed class KubernetesApiException(string message, HttpStatusCode? status, string reason, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Reason where no request was made, since the kubeconfig cannot be used.</summary>
    public const string InvalidKubeconfig = "InvalidKubeconfig";

    private readonly (FailureMeaning Means, TimeSpan Within) _read = FailureTable.Read((int)(status ?? 0), reason, message);

    /// <summary>Status of the answer; null when there was none.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Reason of the Kubernetes Status.</summary>
    public string Reason { get; } = reason;

    /// <summary>How long the server asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same, up to five minutes; zero when it did not ask.</summary>
    public TimeSpan AskedFor => RetryAfter is not { } asked ? TimeSpan.Zero : asked < FailureTable.Later ? asked : FailureTable.Later;

    /// <summary>The longest back-off before the next try: short for what passes by itself, long for what somebody must fix.</summary>
    public TimeSpan LongestBackoff => _read.Within;

    public bool IsUnauthorized => Means(FailureMeaning.Unauthorized);

    public bool IsForbidden => Means(FailureMeaning.Forbidden);

    /// <inheritdoc cref="FailureMeaning.MissingRight"/>
    public bool IsMissingRight => Means(FailureMeaning.MissingRight);

    /// <inheritdoc cref="FailureMeaning.MissingFinalizers"/>
    public bool IsMissingFinalizers => Means(FailureMeaning.MissingFinalizers);

    /// <inheritdoc cref="FailureMeaning.NamespaceGoing"/>
    public bool IsNamespaceGoing => Means(FailureMeaning.NamespaceGoing);

    /// <inheritdoc cref="FailureMeaning.NotFound"/>
    public bool IsNotFound => Means(FailureMeaning.NotFound);

    /// <inheritdoc cref="FailureMeaning.Conflict"/>
    public bool IsConflict => Means(FailureMeaning.Conflict);

    /// <inheritdoc cref="FailureMeaning.Invalid"/>
    public bool IsInvalid => Means(FailureMeaning.Invalid);

    /// <inheritdoc cref="FailureMeaning.Refused"/>
    public bool IsRefused => Means(FailureMeaning.Refused);

    /// <inheritdoc cref="FailureMeaning.Admission"/>
    public bool IsAdmission => Means(FailureMeaning.Admission);

    /// <inheritdoc cref="FailureMeaning.DryRunUnsupported"/>
    public bool IsDryRunUnsupported => Means(FailureMeaning.DryRunUnsupported);

    /// <inheritdoc cref="FailureMeaning.Expired"/>
    public bool IsExpired => Means(FailureMeaning.Expired);

    /// <summary>Whether it means this, by <see cref="FailureTable"/>.</summary>
    public bool Means(FailureMeaning meaning) => (_read.Means & meaning) != 0;
}
