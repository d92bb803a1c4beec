using System.Collections.Concurrent;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>One claim of an add-on at a time in this process: two resources that want the same one come one after the other, and the second sees whose it is.</summary>
internal sealed class AdoptionClaims
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _claims = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn; it ends when the result is disposed.</summary>
    public async Task<IDisposable> EnterAsync(string addonId, CancellationToken token)
    {
        while (true)
        {
            var turn = _claims.GetOrAdd(addonId, _ => new SemaphoreSlim(1));
            await turn.WaitAsync(token);
            if (_claims.GetValueOrDefault(addonId) == turn)
            {
                return new Turn(() =>
                {
                    _claims.TryRemove(addonId, out _);
                    turn.Release();
                });
            }

            // The one before took it off the table: who comes next makes a new one.
            turn.Release();
        }
    }

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
