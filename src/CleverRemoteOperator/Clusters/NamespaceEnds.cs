using System.Collections.Concurrent;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Finds the namespaces in which a loop has nothing left, neither a resource nor a credentials Secret, and notifies those who keep state
/// of them. Checks a while after a deletion, so that the pass that released the object has ended.
/// </summary>
internal sealed class NamespaceEnds : IDisposable
{
    /// <summary>How long after a deletion its namespace is checked.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly Func<IEnumerable<string>?> _present;
    private readonly ITimer _timer;
    private readonly ConcurrentDictionary<string, bool> _suspects = new(StringComparer.Ordinal);
    private readonly List<Action<string>> _whenGone = [];
    private int _isPlanned;

    /// <param name="present">Namespaces of all existing objects, repeated for each object; null while unknown.</param>
    public NamespaceEnds(Func<IEnumerable<string>?> present, TimeProvider time)
    {
        _present = present;
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls <paramref name="forget"/> with each namespace that is gone; it must not throw. Register before the loop runs.</summary>
    public void WhenGone(Action<string> forget) => _whenGone.Add(forget);

    /// <summary>An object of the namespace was deleted.</summary>
    public void Suspect(string @namespace)
    {
        _suspects[@namespace] = true;
        LookLater();
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        Volatile.Write(ref _isPlanned, 0);
        HashSet<string> gone = [.. _suspects.Keys];
        if (_present() is not { } present)
        {
            LookLater();
            return;
        }

        foreach (var @namespace in gone)
        {
            _suspects.TryRemove(@namespace, out _);
        }

        gone.ExceptWith(present);
        foreach (var @namespace in gone)
        {
            _whenGone.ForEach(forget => forget(@namespace));
        }
    }

    private void LookLater()
    {
        if (Interlocked.Exchange(ref _isPlanned, 1) == 0)
        {
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }
}
