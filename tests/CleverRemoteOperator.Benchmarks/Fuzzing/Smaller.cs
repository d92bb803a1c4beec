namespace CleverRemoteOperator.Benchmarks.Fuzzing;

/// <summary>Makes an input smaller as long as it stays what it is.</summary>
internal static class Smaller
{
    /// <param name="isSame">Whether a smaller input is still what the first one was.</param>
    /// <param name="tries">How often that is asked, at most.</param>
    public static byte[] Of(byte[] input, Func<byte[], bool> isSame, int tries)
    {
        for (var piece = Math.Max(1, input.Length / 2); tries > 0; piece = Math.Max(1, piece / 2))
        {
            var before = input.Length;
            for (var from = 0; from < input.Length && tries > 0;)
            {
                byte[] less = [.. input[..from], .. input[Math.Min(input.Length, from + piece)..]];
                tries--;
                if (isSame(less))
                {
                    input = less;
                }
                else
                {
                    from += piece;
                }
            }

            if (piece == 1 && input.Length == before)
            {
                break;
            }
        }

        return input;
    }
}
