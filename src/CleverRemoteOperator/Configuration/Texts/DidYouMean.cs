namespace CleverRemoteOperator.Configuration.Texts;

/// <summary>Finds what a misspelt name was meant to be.</summary>
internal static class DidYouMean
{
    // Longer names of strangers are not worth the time; none of ours is that long.
    private const int Longest = 128;

    /// <summary>The end of a message about an unknown name: the nearest known one, else all of them.</summary>
    public static string Hint(string given, IReadOnlyCollection<string> known) => Nearest(given, known) is { } nearest
        ? $"did you mean {nearest}?"
        : $"allowed: {string.Join(", ", known)}";

    /// <summary>The known name with the fewest edits, at most a third of its letters; null when none is that near.</summary>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        if (given.Length > Longest)
        {
            return null;
        }

        var lower = given.ToLowerInvariant();
        return known.Where(name => Math.Abs(name.Length - given.Length) <= MostEdits(name))
            .Select(name => (Name: name, Edits: Distance(lower, name.ToLowerInvariant())))
            .Where(candidate => candidate.Edits <= MostEdits(candidate.Name))
            .OrderBy(candidate => candidate.Edits)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    private static int MostEdits(string name) => Math.Max(1, name.Length / 3);

    /// <summary>Edits from one word to the other: a letter more, less, another, or two swapped.</summary>
    public static int Distance(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                var change = table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(change, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }
        return table[from.Length, to.Length];
    }
}
