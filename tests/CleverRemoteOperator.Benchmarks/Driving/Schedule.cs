namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>Does one thing after the other at a steady rate, whether or not the one before has ended: an overload shows as waiting, not as fewer things done.</summary>
internal static class Schedule
{
    public static async Task RunAsync<T>(IEnumerable<T> things, double perSecond, Func<T, Task> begin, TimeProvider time)
    {
        var start = time.GetTimestamp();
        List<Task> begun = [];
        foreach (var thing in things)
        {
            var wait = TimeSpan.FromSeconds(begun.Count / perSecond) - time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time);
            }

            begun.Add(begin(thing));
        }

        await Task.WhenAll(begun);
    }
}
