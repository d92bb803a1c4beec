using System.Net;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Watching;

/// <summary>What a failure means for a watch: where it goes on, and how soon.</summary>
internal static class WatchFailure
{
    /// <summary>Reason of a stream that was quiet for too long.</summary>
    public const string Silence = "Silence";

    /// <summary>Reason of a stream that broke off.</summary>
    public const string BrokenOff = "BrokenOff";

    /// <summary>Reason of a stream that ended as soon as it began.</summary>
    public const string EndedAtOnce = "EndedAtOnce";

    /// <summary>Reason of a stream with a line that is none of a watch, or too long.</summary>
    public const string Unreadable = "Unreadable";

    private static readonly TimeSpan Initializing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Passing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(5);

    /// <summary>The state to wait in.</summary>
    public static WatchState State(KubernetesApiException failure) => failure.Status switch
    {
        HttpStatusCode.Unauthorized => WatchState.Unauthorized,
        HttpStatusCode.Forbidden => WatchState.Forbidden,
        HttpStatusCode.NotFound => WatchState.NotFound,
        _ => WatchState.BackingOff,
    };

    /// <summary>
    /// The longest wait beside what the server asked for: short for what passes by itself, long for what somebody must mend. A type whose
    /// definition is new answers 429 for some seconds: it is to be watched as soon as it can be.
    /// </summary>
    /// <param name="isLasting">Whether it has been failing for longer than that takes.</param>
    public static TimeSpan Cap(KubernetesApiException failure, bool isLasting) =>
        State(failure) != WatchState.BackingOff ? Lasting
        : !isLasting && failure is { Status: HttpStatusCode.TooManyRequests, RetryAfter: not null } ? Initializing
        : Passing;

    /// <summary>What the server asked us to wait, up to five minutes.</summary>
    public static TimeSpan AskedFor(KubernetesApiException failure) =>
        failure.RetryAfter is not { } asked ? TimeSpan.Zero : asked < Lasting ? asked : Lasting;

    /// <summary>Whether the resourceVersion is of no use any more: expired, ahead of the server, of a type that went, or never accepted.</summary>
    public static bool NeedsList(KubernetesApiException failure) =>
        failure.IsExpired
        || failure.Reason == Unreadable
        || failure.Message.Contains("Too large resource version", StringComparison.OrdinalIgnoreCase)
        || failure.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity;

    /// <summary>Whether the server answered, but the stream from there came to nothing: now and then normal, over and over not.</summary>
    public static bool MayBeStuck(KubernetesApiException failure) =>
        failure.Reason is BrokenOff or EndedAtOnce || failure.Status is HttpStatusCode.InternalServerError or HttpStatusCode.GatewayTimeout;

    /// <summary>Whether a watch that was to begin with a list cannot do so here: then it is listed in pages.</summary>
    public static bool RefusesStreamedList(KubernetesApiException failure) =>
        failure.Reason is Silence or Unreadable
        || failure.Status is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotAcceptable
            or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity;
}
