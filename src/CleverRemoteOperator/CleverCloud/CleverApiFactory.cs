using System.Collections.Concurrent;
using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.Configuration;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.CleverCloud;

/// <summary>Makes the clients, one for each endpoint and credentials, all on the same connections.</summary>
internal sealed class CleverApiFactory : ICleverApiFactory, IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMinutes(10);

    private readonly CleverApiOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly CleverRequestObserver _observer;
    private readonly ILogger<CleverApi> _logger;
    private readonly HashSet<string> _trusted;
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly HttpMessageInvoker _trustedHttp = new(CleverHandlers.Trusted());
    private readonly HttpMessageInvoker _guardedHttp = new(CleverHandlers.Guarded());
    private long _swept;

    /// <param name="trustedOrigins">The operator's own list of endpoints. An endpoint that is not on it must be https at a public address.</param>
    /// <param name="random">Gives numbers from 0 up to 1.</param>
    public CleverApiFactory(
        CleverApiOptions options, IEnumerable<Uri> trustedOrigins, TimeProvider time, Func<double> random,
        CleverRequestObserver observer, ILogger<CleverApi> logger)
    {
        (_options, _time, _random, _observer, _logger) = (options, time, random, observer, logger);
        _trusted = [.. trustedOrigins.Select(Origin)];
        _swept = time.GetTimestamp();
    }

    public ICleverApi For(CleverCredentials credentials)
    {
        Sweep();
        // The organisation signs nothing: credentials that differ only in it are the same account.
        var account = _accounts.GetOrAdd(
            credentials.Digest, _ => new Account(new CleverResilience(credentials.Fingerprint, _options, _time, _random, _logger)));
        account.UsedAt = _time.GetTimestamp();
        return account.Api(resilience => Create(credentials with { Organisation = null }, resilience));
    }

    public void Forget(string digest)
    {
        if (_accounts.TryGetValue(digest, out var account))
        {
            account.Forget();
        }

        Sweep();
    }

    public void Dispose()
    {
        _trustedHttp.Dispose();
        _guardedHttp.Dispose();
    }

    private CleverApi Create(CleverCredentials credentials, CleverResilience resilience)
    {
        var http = _trusted.Contains(Origin(credentials.Endpoint)) ? _trustedHttp : _guardedHttp;
        return new CleverApi(new CleverConnection(credentials, http, resilience, _time, _observer, _logger), _options, _time);
    }

    private void Sweep()
    {
        if (_time.GetElapsedTime(_swept) < SweepPeriod)
        {
            return;
        }

        _swept = _time.GetTimestamp();
        foreach (var idle in _accounts.Where(account => _time.GetElapsedTime(account.Value.UsedAt) > _options.IdleAccountLife))
        {
            _accounts.TryRemove(idle);
        }
    }

    private static string Origin(Uri endpoint) => endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>What is known of an account. Its client alone holds credentials, and may go and come again.</summary>
    private sealed class Account(CleverResilience resilience)
    {
        private readonly Lock _lock = new();
        private ICleverApi? _api;

        /// <summary>The account's client, made when there is none.</summary>
        public ICleverApi Api(Func<CleverResilience, ICleverApi> create)
        {
            lock (_lock)
            {
                return _api ??= create(resilience);
            }
        }

        public void Forget()
        {
            lock (_lock)
            {
                _api = null;
            }
        }

        /// <summary>Timestamp of the last time somebody asked for it.</summary>
        public long UsedAt { get; set; }
    }
}
