namespace CleverRemoteOperator.CleverCloud;

/// <summary>Answers shared as one is, by key; beyond so many the one that was wanted longest ago is forgotten. Thread-safe.</summary>
/// <param name="capacity">How many are kept: who can name keys at will must not fill the memory with them.</param>
/// <param name="ask">Gets the key and no caller's token: it must end by itself.</param>
/// <param name="life">How long an answer is kept; absent = until it is forgotten.</param>
internal sealed class SharedAnswers<T>(int capacity, Func<string, Task<T>> ask, Func<T, TimeSpan?> life, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();

    public Task<T> GetAsync(string key, CancellationToken token) => For(key).GetAsync(token);

    private SharedAnswer<T> For(string key)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var known))
            {
                _byUse.Remove(known);
                _byUse.AddLast(known);
                return known.Value.Answer;
            }

            if (_byUse is { First: { } oldest } && _byUse.Count >= capacity)
            {
                _byUse.RemoveFirst();
                _byKey.Remove(oldest.Value.Key);
            }

            return (_byKey[key] = _byUse.AddLast(new Entry(key, new SharedAnswer<T>(() => ask(key), life, time)))).Value.Answer;
        }
    }

    private sealed record Entry(string Key, SharedAnswer<T> Answer);
}
