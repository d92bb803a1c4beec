namespace CleverRemoteOperator.Watching;

/// <summary>
/// How fast the watches of one cluster are read in the long run, so that a server that never stops sending does not take the
/// processor from others: 32 MiB at once, 2 MiB a second after that; a second of work counts as 16 MiB. What a quiet watch reads is
/// not held up by the others.
/// </summary>
internal sealed class ReadRate(TimeProvider time)
{
    // What it costs to look at a line beside its bytes, and what the time counts that its handling took.
    private const int PerLine = 1024;
    private const double PerSecond = 16 * 1024 * 1024;

    // So long one watch may keep a thread from all others.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(0.5);

    // A shorter wait is not worth its timer: it is had with a later one.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Bucket _all = new(time, 32 * 1024 * 1024, 2 * 1024 * 1024);

    /// <summary>The rate of one watch.</summary>
    public WatchRate ForWatch() => new(this, new Bucket(time, 256 * 1024, 32 * 1024));

    /// <summary>What one watch may read.</summary>
    internal sealed class WatchRate(ReadRate of, Bucket own)
    {
        private long _began = of.Time.GetTimestamp();
        private TimeSpan _worked;

        /// <summary>A line, or a page, has come.</summary>
        public void Begin() => _began = of.Time.GetTimestamp();

        /// <summary>Counts what was read and worked since, and waits when it was too much; lets others have the thread from time to time.</summary>
        public async ValueTask EndAsync(int bytes, CancellationToken token)
        {
            var took = of.Time.GetElapsedTime(_began);
            _worked += took;
            var wait = Wait(bytes + PerLine + (int)Math.Min(PerSecond, took.TotalSeconds * PerSecond));
            if (wait >= Shortest)
            {
                _worked = TimeSpan.Zero;
                await Task.Delay(wait, of.Time, token);
            }
            else if (_worked >= Turn)
            {
                _worked = TimeSpan.Zero;
                await Task.Yield();
            }
        }

        private TimeSpan Wait(int cost)
        {
            lock (of._lock)
            {
                return own.TryTake(cost) ? TimeSpan.Zero : of._all.Take(cost);
            }
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
