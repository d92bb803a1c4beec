using System.Collections.Concurrent;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Finds the namespaces a loop has nothing of any more, neither a resource nor a Secret with credentials, and tells who keeps something
/// of them. Looks a while after an object went, so that the pass that let it go has ended, and never where nothing went.
/// </summary>
internal sealed class NamespaceEnds : IDisposable
{
    /// <summary>How long after an object went its namespace is looked at.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly Func<IEnumerable<string>?> _present;
    private readonly ITimer _timer;
    private readonly ConcurrentDictionary<string, bool> _suspects = new(StringComparer.Ordinal);
    private readonly List<Action<string>> _told = [];
    private int _isPlanned;

    /// <param name="present">Namespaces of all objects that are there, each as often as it has some; null while that is not known.</param>
    public NamespaceEnds(Func<IEnumerable<string>?> present, TimeProvider time)
    {
        _present = present;
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has <paramref name="forget"/> told of each namespace that is gone; it must not throw. Called before the loop runs.</summary>
    public void Tell(Action<string> forget) => _told.Add(forget);

    /// <summary>An object of the namespace went.</summary>
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
            _told.ForEach(forget => forget(@namespace));
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
