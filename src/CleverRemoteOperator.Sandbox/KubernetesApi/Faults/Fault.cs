namespace CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

/// <summary>What can go wrong on demand instead of, or around, an answer.</summary>
internal abstract record Fault
{
    /// <summary>Whether only watches can have it.</summary>
    public virtual bool OnlyWatches => false;

    /// <summary>Takes the request and never answers.</summary>
    internal sealed record HangBeforeHeaders : Fault;

    /// <summary>Answers 200 and never a byte more.</summary>
    internal sealed record HangAfterHeaders : Fault;

    /// <summary>Cuts the connection, before doing anything or after having done what was asked.</summary>
    internal sealed record Drop(bool AfterEffect = false) : Fault;

    /// <summary>Answers late.</summary>
    internal sealed record Latency(TimeSpan Delay) : Fault;

    /// <summary>Answers a Status.</summary>
    internal sealed record Refuse(int Code, string Reason, string Message, int? RetryAfterSeconds = null) : Fault;

    /// <summary>Sends this as the first bytes of a watch, which then goes on or ends.</summary>
    internal sealed record WatchLine(string Text, bool Ends) : Fault
    {
        public override bool OnlyWatches => true;
    }

    public static Fault Gone { get; } = new Refuse(410, "Expired", "The resourceVersion for the provided watch is too old.");

    public static Fault GoneEvent { get; } = new WatchLine(
        """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (2)","reason":"Expired","code":410}}""" + "\n", true);

    public static Fault TruncatedLine { get; } = new WatchLine("""{"type":"MODIFIED","object":{"kind":"Secr""", true);

    public static Fault GarbageLine { get; } = new WatchLine("<html>this is no event</html>\n", false);

    public static Fault UnknownEventType { get; } = new WatchLine("""{"type":"SURPRISE","object":{"kind":"Secret","apiVersion":"v1","metadata":{"name":"surprise","namespace":"default","resourceVersion":"1"}}}""" + "\n", false);

    public static Fault WrongKind { get; } = new WatchLine("""{"type":"ADDED","object":{"kind":"Surprise","apiVersion":"surprise.example/v1","metadata":{"name":"surprise","namespace":"default","uid":"0","resourceVersion":"1"}}}""" + "\n", false);

    public static Fault TooManyRequests(int retryAfterSeconds) =>
        new Refuse(429, "TooManyRequests", "the server has received too many requests and has asked us to try again later", retryAfterSeconds);

    public static Fault ServerError(int code = 500) => code switch
    {
        503 => new Refuse(503, "ServiceUnavailable", "the server is currently unable to handle the request"),
        504 => new Refuse(504, "Timeout", "Timeout: request did not complete within the allotted timeout"),
        _ => new Refuse(code, "InternalError", "Internal error occurred: on demand"),
    };

    /// <summary>One event line of about that many bytes.</summary>
    public static Fault OversizeLine(int bytes) => new WatchLine(
        """{"type":"MODIFIED","object":{"kind":"Secret","apiVersion":"v1","metadata":{"name":"big","namespace":"default","uid":"0","resourceVersion":"1","annotations":{"a":""" + "\"" + new string('x', bytes) + "\"}}}}\n", false);
}
