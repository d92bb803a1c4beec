namespace CleverRemoteOperator.Benchmarks.Bed;

/// <summary>Randomness that one seed repeats. Not for several threads: each actor has dice of its own.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Dice for another actor, the same for the same seed and number.</summary>
    public static Dice For(int seed, int actor) => new(HashOf(seed, actor));

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>One of these, more often the larger its weight.</summary>
    public T Pick<T>(IReadOnlyList<(int Weight, T Value)> from)
    {
        var left = _random.Next(from.Sum(entry => entry.Weight));
        return from.First(entry => (left -= entry.Weight) < 0).Value;
    }

    /// <summary>True so many times in a hundred.</summary>
    public bool Percent(int probability) => _random.Next(100) < probability;

    /// <summary>A whole number from one to the other, both included.</summary>
    public int Number(int from, int to) => _random.Next(from, to + 1);

    public TimeSpan Seconds(double from, double to) => TimeSpan.FromSeconds(from + (_random.NextDouble() * (to - from)));

    /// <summary>Text that occurs nowhere else, such as for a secret.</summary>
    public string Hex() => $"{_random.NextInt64():x16}{_random.NextInt64():x16}";

    // HashCode is different in every process.
    private static int HashOf(int seed, int actor) => unchecked((seed * 486187739) + (actor * 16777619) + 97);
}
