namespace CleverRemoteOperator.Watching;

/// <summary>
/// How fast the watches of one cluster are read in the long run, so that a server that never stops sending does not take the
/// processor from others: 32 MiB at once, 2 MiB a second after that. What a quiet watch reads is not held up by the others.
/// </summary>
internal sealed class ReadRate(TimeProvider time)
{
    // What it costs to look at a line beside its bytes.
    private const int PerLine = 1024;

    // A shorter wait is not worth its timer: it is had with a later one.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Bucket _all = new(time, 32 * 1024 * 1024, 2 * 1024 * 1024);

    /// <summary>The rate of one watch.</summary>
    public WatchRate ForWatch() => new(this, new Bucket(time, 256 * 1024, 32 * 1024));

    /// <summary>What one watch may read.</summary>
    internal sealed class WatchRate(ReadRate of, Bucket own)
    {
        /// <summary>Counts a line that was read, and waits when it was too much.</summary>
        public ValueTask ReadAsync(int bytes, CancellationToken token)
        {
            TimeSpan wait;
            lock (of._lock)
            {
                var cost = bytes + PerLine;
                wait = own.TryTake(cost) ? TimeSpan.Zero : of._all.Take(cost);
            }

            return wait >= Shortest ? new ValueTask(Task.Delay(wait, of.Time, token)) : ValueTask.CompletedTask;
        }
    }

    private TimeProvider Time => time;

    /// <summary>So many bytes at once, and so many a second after that.</summary>
    internal sealed class Bucket(TimeProvider time, double atOnce, double perSecond)
    {
        private double _spent;
        private long _at = time.GetTimestamp();

        public bool TryTake(int bytes)
        {
            Fill();
            if (_spent + bytes > atOnce)
            {
                return false;
            }

            _spent += bytes;
            return true;
        }

        /// <summary>Takes them in any case, and tells how long to wait for that.</summary>
        public TimeSpan Take(int bytes)
        {
            Fill();
            _spent += bytes;
            return _spent <= atOnce ? TimeSpan.Zero : TimeSpan.FromSeconds((_spent - atOnce) / perSecond);
        }

        private void Fill()
        {
            var now = time.GetTimestamp();
            _spent = Math.Max(0, _spent - (perSecond * time.GetElapsedTime(_at, now).TotalSeconds));
            _at = now;
        }
    }
}
