namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>A promise that was broken.</summary>
/// <param name="Subject">What it happened to, as the journal calls it.</param>
/// <param name="Key">Uid, add-on or other text that tells what concerns it from what does not.</param>
internal sealed record Violation(ViolationKind Kind, string Subject, string Key, string What)
{
    /// <summary>True for what no waiting can mend.</summary>
    public bool IsFinal => Kind is ViolationKind.Duplicate or ViolationKind.UnexpectedDelete or ViolationKind.AccountMismatch;

    /// <summary>Whether a text is about what it happened to.</summary>
    public bool Concerns(string text) =>
        text.Contains(Key, StringComparison.Ordinal) || (Subject.Contains('/', StringComparison.Ordinal) && text.Contains(Subject[(Subject.LastIndexOf('/') + 1)..], StringComparison.Ordinal));
}

/// <summary>What must never happen.</summary>
internal enum ViolationKind
{
    /// <summary>Two add-ons of one name at one time.</summary>
    Duplicate,

    /// <summary>An add-on whose resource is gone.</summary>
    Orphan,

    /// <summary>An add-on that went while its resource lived, or that was none of ours.</summary>
    UnexpectedDelete,

    /// <summary>An add-on in an account that its namespace never named.</summary>
    AccountMismatch,

    /// <summary>A resource that should be Ready and is not, or the other way round.</summary>
    NotReady,

    /// <summary>A connection Secret that is missing.</summary>
    MissingSecret,

    /// <summary>A connection Secret that does not hold its add-on's environment.</summary>
    SecretMismatch,

    /// <summary>A deleted resource or namespace that is still there.</summary>
    LeakedFinalizer,

    /// <summary>A process that crashed, or did not end well.</summary>
    UncleanExit,

    /// <summary>A secret value in an operator's log.</summary>
    LoggedSecret,

    /// <summary>A process that took more memory than it may, whatever its neighbours did.</summary>
    TooMuchMemory,
}
