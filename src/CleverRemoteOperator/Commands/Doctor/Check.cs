namespace CleverRemoteOperator.Commands.Doctor;

/// <summary>How a check ended.</summary>
internal enum CheckResult
{
    /// <summary>In order.</summary>
    Ok,

    /// <summary>Could not be looked at, or is worth knowing; nothing is known to be wrong.</summary>
    Note,

    /// <summary>Works, and somebody should look at it.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Failed,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="What">A word: <c>connection</c>, <c>rights</c>.</param>
/// <param name="Message">What was found and, where it is not in order, the way out; fit for a terminal.</param>
internal sealed record Check(string What, CheckResult Result, string Message)
{
    /// <summary>Manifests that mend it; null when none do.</summary>
    public string? Manifests { get; init; }

    public static Check Ok(string what, string message) => new(what, CheckResult.Ok, message);

    public static Check Note(string what, string message) => new(what, CheckResult.Note, message);

    public static Check Warning(string what, string message) => new(what, CheckResult.Warning, message);

    public static Check Failed(string what, string message) => new(what, CheckResult.Failed, message);
}

/// <summary>What was found of one cluster or account.</summary>
/// <param name="Subject"><c>cluster paris</c>, <c>account of the operator</c>.</param>
internal sealed record Finding(string Subject, IReadOnlyList<Check> Checks)
{
    /// <summary>Whether a cluster answered.</summary>
    public bool IsReached => Checks.Any(check => check is { What: "connection", Result: CheckResult.Ok });

    public CheckResult Worst => Checks.Select(check => check.Result).DefaultIfEmpty().Max();
}
