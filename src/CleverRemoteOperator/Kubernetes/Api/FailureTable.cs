using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>What a failed request means to whoever sent it; a failure can mean several of these.</summary>
[Flags]
internal enum FailureMeaning
{
    None = 0,

    /// <summary>The server does not accept our credentials.</summary>
    Unauthorized = 1 << 0,

    /// <summary>Credentials, or the authorities we trust, may have been replaced: look at them again.</summary>
    StaleCredentials = 1 << 1,

    /// <summary>The server refuses this to our account, now or for good.</summary>
    Forbidden = 1 << 2,

    /// <summary>Our account lacks a right. A 403 may as well come from a quota, a policy, or a namespace that terminates.</summary>
    MissingRight = 1 << 3,

    /// <summary>The missing right is <c>update</c> of the <c>finalizers</c> of an owner, which the server's message leaves unsaid.</summary>
    MissingFinalizers = 1 << 4,

    /// <summary>The namespace terminates, or is gone.</summary>
    NamespaceGoing = 1 << 5,

    /// <summary>Nothing is served at this path; a page of a proxy says so too.</summary>
    NotServed = 1 << 6,

    /// <summary>The API server itself says that there is no such object.</summary>
    NotFound = 1 << 7,

    /// <summary>The object is not as it was read: another revision, or another object of the same name.</summary>
    Conflict = 1 << 8,

    /// <summary>What was to be written breaks a rule of the API server.</summary>
    Invalid = 1 << 9,

    /// <summary>The server does not take this write until somebody changes something: webhooks choose among all 4xx.</summary>
    Refused = 1 << 10,

    /// <summary>A policy or webhook of the cluster refuses it: 422 from a policy says nothing of the object's own form.</summary>
    Admission = 1 << 11,

    /// <summary>A webhook in the way does not support dry runs.</summary>
    DryRunUnsupported = 1 << 12,

    /// <summary>The resourceVersion or continue token has expired.</summary>
    Expired = 1 << 13,

    /// <summary>The server asks for patience.</summary>
    Busy = 1 << 14,

    /// <summary>No answer, or a 5xx: the server, or the way to it, has failed.</summary>
    Unanswered = 1 << 15,

    /// <summary>The answer is larger than is read: ask for less.</summary>
    TooLarge = 1 << 16,

    /// <summary>The stream said nothing, or too little, for too long.</summary>
    Silent = 1 << 17,

    /// <summary>A watch cannot go on from its resourceVersion: list again.</summary>
    NeedsList = 1 << 18,

    /// <summary>A watch got nowhere from its resourceVersion: normal once, not five times in a row.</summary>
    MayBeStuck = 1 << 19,

    /// <summary>A watch cannot begin with a list here: list in pages.</summary>
    RefusesStreamedList = 1 << 20,
}

/// <summary>The one table of failed requests to a Kubernetes API: what came back, what it means, and how soon it is tried again.</summary>
internal static partial class FailureTable
{
    /// <summary>Longest back-off from what passes by itself.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Longest back-off from what somebody must fix, and the longest Retry-After that is followed.</summary>
    public static readonly TimeSpan Later = TimeSpan.FromMinutes(5);

    // All rows that match count. 0 is no answer; the reason is then one of FailureReason.
    private static readonly Row[] Rows =
    [
        new(status => status is 0 or >= 500, FailureMeaning.Unanswered),
        new(status => status is 400, FailureMeaning.NeedsList | FailureMeaning.RefusesStreamedList),
        new(status => status is 400, FailureMeaning.DryRunUnsupported) { Says = DryRun() },
        new(status => status is 401, FailureMeaning.Unauthorized | FailureMeaning.StaleCredentials) { Within = Later },
        new(status => status is 403, FailureMeaning.Forbidden) { Within = Later },
        new(status => status is 403, FailureMeaning.MissingRight) { Says = Right() },
        new(status => status is 403, FailureMeaning.MissingRight | FailureMeaning.MissingFinalizers) { Says = Finalizers() },
        new(status => status is 403, FailureMeaning.NamespaceGoing) { Says = Terminating() },
        new(status => status is 404, FailureMeaning.NotServed | FailureMeaning.NeedsList) { Within = Later },
        new(status => status is 404, FailureMeaning.NotFound) { Reason = "NotFound" },
        new(status => status is 404, FailureMeaning.NamespaceGoing) { Reason = "NotFound", Says = NoNamespace() },
        new(status => status is 405 or 406 or 415, FailureMeaning.RefusesStreamedList),
        new(status => status is 409, FailureMeaning.Conflict),
        new(status => status is 410, FailureMeaning.Expired | FailureMeaning.NeedsList),
        new(status => status is 422, FailureMeaning.Invalid | FailureMeaning.NeedsList | FailureMeaning.RefusesStreamedList),
        new(status => status is 422, FailureMeaning.Conflict) { Says = OtherUid() },
        new(status => status is 429, FailureMeaning.Busy),
        new(status => status is 500 or 504, FailureMeaning.MayBeStuck),
        new(IsRefusal, FailureMeaning.Refused),
        new(IsRefusal, FailureMeaning.Admission) { Says = Denied() },
        new(_ => true, FailureMeaning.Expired | FailureMeaning.NeedsList) { Reason = "Expired" },
        new(_ => true, FailureMeaning.Expired | FailureMeaning.NeedsList) { Reason = "Gone" },
        new(_ => true, FailureMeaning.NeedsList) { Says = AheadOfServer() },
        new(_ => true, FailureMeaning.StaleCredentials) { Reason = FailureReason.Tls },
        new(_ => true, FailureMeaning.TooLarge) { Reason = FailureReason.TooLarge },
        new(_ => true, FailureMeaning.MayBeStuck) { Reason = FailureReason.BrokenOff },
        new(_ => true, FailureMeaning.MayBeStuck) { Reason = FailureReason.EndedAtOnce },
        new(_ => true, FailureMeaning.Silent | FailureMeaning.RefusesStreamedList) { Reason = FailureReason.Silence },
        new(_ => true, FailureMeaning.NeedsList | FailureMeaning.RefusesStreamedList) { Reason = FailureReason.Unreadable },
    ];

    /// <summary>What a failure means, and the longest back-off from it.</summary>
    /// <param name="status">Status of the answer; 0 for none.</param>
    public static (FailureMeaning Means, TimeSpan Within) Read(int status, string reason, string message)
    {
        var (means, within) = (FailureMeaning.None, Soon);
        foreach (var row in Rows)
        {
            if (row.Status(status) && (row.Reason is null || row.Reason == reason) && (row.Says is null || row.Says.IsMatch(message)))
            {
                (means, within) = (means | row.Means, row.Within > within ? row.Within : within);
            }
        }

        return (means, within);
    }

    private static bool IsRefusal(int status) => status is >= 400 and < 500 and not (401 or 404 or 408 or 409 or 410 or 429);

    [GeneratedRegex("does not support dry run")]
    private static partial Regex DryRun();

    // The words of every API server since 1.14, whatever decides about rights behind it.
    [GeneratedRegex(" cannot [a-z]+ (resource|path) ")]
    private static partial Regex Right();

    [GeneratedRegex("cannot set blockOwnerDeletion")]
    private static partial Regex Finalizers();

    [GeneratedRegex("because it is being terminated")]
    private static partial Regex Terminating();

    [GeneratedRegex(": namespaces \"")]
    private static partial Regex NoNamespace();

    [GeneratedRegex(@"metadata\.uid: Invalid value")]
    private static partial Regex OtherUid();

    [GeneratedRegex("ValidatingAdmissionPolicy|admission webhook|denied (the )?request", RegexOptions.IgnoreCase)]
    private static partial Regex Denied();

    [GeneratedRegex("Too large resource version", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AheadOfServer();

    /// <param name="Status">Which statuses it is about.</param>
    private sealed record Row(Func<int, bool> Status, FailureMeaning Means)
    {
        /// <summary>Reason of the Status object, or of <see cref="FailureReason"/>; null for any.</summary>
        public string? Reason { get; init; }

        /// <summary>What the message must say; null for anything.</summary>
        public Regex? Says { get; init; }

        /// <summary>Longest back-off.</summary>
        public TimeSpan Within { get; init; } = Soon;
    }
}
