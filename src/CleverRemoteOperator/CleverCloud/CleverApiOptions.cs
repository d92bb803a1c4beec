namespace CleverRemoteOperator.CleverCloud;

/// <summary>How the client treats the Clever API; the defaults suit a fleet of thousands of resources.</summary>
internal sealed record CleverApiOptions
{
    /// <summary>Requests a second of one account while the API does not complain. Default 50.</summary>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>Requests of one account at once after a quiet time. Default 100.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>
    /// The longest a request waits for its account's budget, and the longest Retry-After that is waited for within a call. Default 2 s:
    /// whoever waits holds a worker that another account could use; what would wait longer is looked at again later.
    /// </summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From sending to the end of the answer, for one try. Default 10 s.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same for a POST, which has one try only. Default 30 s.</summary>
    public TimeSpan PostTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A whole call with its retries and waits. Default 45 s, below the deadline of a reconcile.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Retries of a GET, PUT or DELETE after its first try. Default 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Before the first retry; doubled with each, with jitter. Default 250 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>So many failures within 30 s, and no success, open the breaker of an account. Default 5.</summary>
    public int BreakerFailures { get; init; } = 5;

    /// <summary>How long an open breaker lets nothing through; doubled up to 2 min while the API stays away. Default 5 s.</summary>
    public TimeSpan BreakTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long providers, plans and versions are taken as known. Default 10 min.</summary>
    public TimeSpan CatalogueLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An account whose client was not used for so long is forgotten. Default 1 h.</summary>
    public TimeSpan IdleAccountLife { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Told of every request that was sent, with the route's template and never its values.</summary>
/// <param name="status">Status of the answer; null when there was none.</param>
internal delegate void CleverRequestObserver(string method, string route, int? status, TimeSpan elapsed);
