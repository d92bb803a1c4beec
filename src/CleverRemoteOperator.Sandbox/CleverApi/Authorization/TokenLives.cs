using System.Collections.Concurrent;

namespace CleverRemoteOperator.Sandbox.CleverApi.Authorization;

/// <summary>When the tokens of the accounts end: in 90 days, moved on for ever, unless a test says when.</summary>
internal sealed class TokenLives(TimeProvider timeProvider)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new();

    public DateTimeOffset EndOf(Account account) => _ends.TryGetValue(account.OrganisationId, out var end) ? end : timeProvider.GetUtcNow() + Life;

    /// <summary>From <paramref name="end"/> on the tokens and the bearer of the account are refused; null gives them their usual life back.</summary>
    public void Set(Account account, DateTimeOffset? end)
    {
        if (end is { } time)
        {
            _ends[account.OrganisationId] = time;
        }
        else
        {
            _ends.TryRemove(account.OrganisationId, out _);
        }
    }

    public bool IsOver(Account account) => EndOf(account) <= timeProvider.GetUtcNow();
}
