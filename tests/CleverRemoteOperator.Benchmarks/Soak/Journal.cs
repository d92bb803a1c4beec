using System.Collections.Concurrent;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>Everything that was done and seen, so that a violation can be told with its history.</summary>
internal sealed class Journal(TimeProvider time)
{
    private readonly ConcurrentQueue<JournalEntry> _entries = new();

    /// <param name="subject">What it happened to: <c>c1/namespace/name</c>, a part of that from the left, or empty for everything.</param>
    public void Add(string subject, string what) => _entries.Enqueue(new JournalEntry(time.GetUtcNow(), subject, what));

    /// <summary>What happened to the subject and to all it stands in.</summary>
    public IEnumerable<JournalEntry> HistoryOf(string subject) => _entries.Where(entry =>
        entry.Subject.Length == 0 || entry.Subject == subject || subject.StartsWith(entry.Subject + "/", StringComparison.Ordinal));

    /// <summary>How often each thing was done, its particulars behind the first colon left out.</summary>
    public IEnumerable<(string What, int Count)> Totals() => _entries
        .GroupBy(entry => entry.What.Split(':')[0], StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => (group.Key, group.Count()));
}

/// <summary>One line of the journal.</summary>
internal sealed record JournalEntry(DateTimeOffset At, string Subject, string What);
