namespace CleverRemoteOperator.Configuration.Texts;

/// <summary>Reads the header <c>Retry-After</c>, in seconds or as a date.</summary>
internal static class RetryAfter
{
    // Nobody is believed who asks for more.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>How long the answer asks to wait, from now and at most an hour; zero for a date that has passed, null when it does not ask.</summary>
    public static TimeSpan? Of(HttpResponseMessage answer, TimeProvider time)
    {
        var asked = answer.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date - time.GetUtcNow());
        return wait is null ? null : TimeSpan.FromTicks(Math.Clamp(wait.Value.Ticks, 0, Longest.Ticks));
    }
}
