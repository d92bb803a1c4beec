using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>
/// Keeps a credential and gets the next one before it ends, or when it is refused. Getting one may take long: it is done once for
/// all callers, goes on when none of them waits any more, and ends only by itself or with this source. Until then what is still
/// valid is used. After a failure or a fresh refusal nothing is got for 10 s.
/// </summary>
internal sealed class RenewingCredential(Func<CancellationToken, Task<Credential>> fetch, TimeProvider time) : ICredentialSource
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestLead = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private Held? _held;
    private Task<Credential>? _running;
    private (long At, KubernetesApiException Failure)? _failed;

    public Task<Credential> GetAsync(CancellationToken token)
    {
        Task<Credential> running;
        lock (_lock)
        {
            var usable = _held is { IsRefused: false } held && IsValid(held.Credential) ? held.Credential : null;
            if (usable is not null && !IsDue(_held!))
            {
                return Task.FromResult(usable);
            }

            if (_running is null && _failed is { } failed && time.GetElapsedTime(failed.At) < Pause)
            {
                return usable is null ? Task.FromException<Credential>(failed.Failure) : Task.FromResult(usable);
            }

            running = _running ??= RunAsync();
            if (usable is not null && !running.IsCompleted)
            {
                return Task.FromResult(usable);
            }
        }

        return running.WaitAsync(token);
    }

    public bool Refused(Credential used)
    {
        lock (_lock)
        {
            if (_held is { } held && ReferenceEquals(held.Credential, used))
            {
                if (time.GetElapsedTime(held.At) < Pause)
                {
                    return false;
                }

                held.IsRefused = true;
            }

            return true;
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private bool IsValid(Credential credential) => credential.Expires is not { } expires || time.GetUtcNow() < expires - Skew;

    // A program may give what it has kept itself until that ends: then it is asked again at half of what is left.
    private bool IsDue(Held held) => held.RenewAt is { } at && time.GetUtcNow() >= at && time.GetElapsedTime(held.At) >= Pause;

    private Task<Credential> RunAsync()
    {
        var end = _disposed.Token;
        var done = Task.Run(() => fetch(end), CancellationToken.None);
        return FinishAsync();

        async Task<Credential> FinishAsync()
        {
            await ((Task)done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            lock (_lock)
            {
                _running = null;
                return Take(done);
            }
        }
    }

    private Credential Take(Task<Credential> done)
    {
        if (done.IsCompletedSuccessfully)
        {
            var now = time.GetUtcNow();
            _held = new Held(time.GetTimestamp(), done.Result, RenewAt(done.Result, _held?.Credential, now));
            _failed = null;
            return done.Result;
        }

        var failure = done.Exception?.InnerException as KubernetesApiException
            ?? new KubernetesApiException("cannot get credentials", null, "Credentials", done.Exception?.InnerException);
        _failed = (time.GetTimestamp(), failure);
        throw failure;
    }

    private static DateTimeOffset? RenewAt(Credential next, Credential? before, DateTimeOffset now)
    {
        if (next.Expires is not { } expires)
        {
            return null;
        }

        var left = expires - now;
        var lead = before?.Expires == expires ? left / 2 : left / 3;
        return expires - (lead < LongestLead ? lead : LongestLead);
    }

    private sealed class Held(long at, Credential credential, DateTimeOffset? renewAt)
    {
        public long At => at;

        public Credential Credential => credential;

        public DateTimeOffset? RenewAt => renewAt;

        public bool IsRefused { get; set; }
    }
}
