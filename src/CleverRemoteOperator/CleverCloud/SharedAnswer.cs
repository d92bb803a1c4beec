namespace CleverRemoteOperator.CleverCloud;

/// <summary>
/// An answer asked for once for all who want it at the same time, and kept for a while; a failure is not kept.
/// Who stops waiting stops nobody else. Thread-safe.
/// </summary>
/// <param name="ask">Gets no caller's token: it must end by itself.</param>
/// <param name="life">How long an answer is kept; absent = for ever.</param>
internal sealed class SharedAnswer<T>(Func<Task<T>> ask, Func<T, TimeSpan?> life, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task<(T Answer, long At)>? _asked;

    public async Task<T> GetAsync(CancellationToken token)
    {
        Task<(T Answer, long At)> asked;
        lock (_lock)
        {
            asked = _asked = _asked is { } known && (!known.IsCompleted || IsFresh(known)) ? known : Task.Run(AskAsync, CancellationToken.None);
        }

        return (await asked.WaitAsync(token)).Answer;
    }

    private async Task<(T Answer, long At)> AskAsync() => (await ask(), time.GetTimestamp());

    private bool IsFresh(Task<(T Answer, long At)> known) => known.IsCompletedSuccessfully
        && (life(known.Result.Answer) is not { } limit || time.GetElapsedTime(known.Result.At) < limit);
}
