namespace CleverRemoteOperator.Tests.Watching;

/// <summary>For what gives no signal: looks every few milliseconds, for ten seconds at most.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        for (var look = 0; !condition(); look++)
        {
            Assert.True(look < 2000, "it did not come true");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
