using System.Net.Http.Headers;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>
/// Keeps a token until it expires or is refused, then gets another one: for many callers once, and after a failure or a fresh
/// refusal not again for 10 s.
/// </summary>
internal sealed class RenewingToken(Func<CancellationToken, Task<ExpiringToken>> fetch, TimeProvider time) : ITokenSource
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Attempt? _last;

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        if (Usable() is { } header)
        {
            return header;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return Usable() ?? await RenewAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public bool Refused(AuthenticationHeaderValue? used)
    {
        if (_last is { } last && last.Header?.Parameter == used?.Parameter)
        {
            if (time.GetElapsedTime(last.At) < Pause)
            {
                return false;
            }

            _last = null;
        }

        return true;
    }

    public void Dispose() => _one.Dispose();

    private AuthenticationHeaderValue? Usable()
    {
        var now = time.GetUtcNow();
        return _last switch
        {
            { Failure: { } failure } last when time.GetElapsedTime(last.At) < Pause => throw failure,
            { Header: { } header } last when last.Expires is not { } expires || now < expires - Margin || time.GetElapsedTime(last.At) < Pause => header,
            _ => null,
        };
    }

    private async Task<AuthenticationHeaderValue> RenewAsync(CancellationToken token)
    {
        try
        {
            var fetched = await fetch(token);
            var header = new AuthenticationHeaderValue("Bearer", fetched.Token);
            _last = new Attempt(time.GetTimestamp(), header, fetched.Expires, null);
            return header;
        }
        catch (KubernetesApiException failure)
        {
            _last = new Attempt(time.GetTimestamp(), null, null, failure);
            throw;
        }
    }

    private sealed record Attempt(long At, AuthenticationHeaderValue? Header, DateTimeOffset? Expires, KubernetesApiException? Failure);
}

/// <summary>A bearer token.</summary>
/// <param name="Expires">When it is of no use any more; null when nobody said.</param>
internal sealed record ExpiringToken(string Token, DateTimeOffset? Expires)
{
    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"token, expires {Expires:O}";
}
