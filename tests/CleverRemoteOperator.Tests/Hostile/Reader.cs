using System.Text;

namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>One reader of text that somebody else wrote.</summary>
/// <param name="Name">Also the folder of its inputs in the corpus.</param>
/// <param name="Read">Reads an input. What it refuses in the one way its callers expect is a reading as well; any other exception is a mistake.</param>
internal sealed record Reader(string Name, Func<byte[], Reading> Read)
{
    /// <summary>A value that stands for a secret, wherever one may be.</summary>
    public const string Secret = "fZ7markedSecretOfAReader0Qx9";

    /// <summary>Longest message, in characters. Default 1024.</summary>
    public int MaxMessage { get; init; } = 1024;

    /// <summary>True where <see cref="Secret"/> may be anywhere in the input and in no message: false only for what holds no secret.</summary>
    public bool HidesSecrets { get; init; }

    /// <summary>The same text in each encoding that a reader may get: broken UTF-8 becomes U+FFFD.</summary>
    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    public override string ToString() => Name;
}

/// <summary>What a reader made of an input.</summary>
/// <param name="Shape">The sort of result in a few words: two inputs of one shape and the same messages went the same way.</param>
/// <param name="Messages">All it has to say to people.</param>
internal sealed record Reading(string Shape, params IReadOnlyList<string> Messages)
{
    /// <summary>Gives what was read, or the exception that is the one way to refuse.</summary>
    public static Reading Of<TRefusal>(Func<Reading> read)
        where TRefusal : Exception
    {
        try
        {
            return read();
        }
        catch (TRefusal refusal)
        {
            return new(typeof(TRefusal).Name, refusal.Message);
        }
    }

    /// <summary>Several readings as one.</summary>
    public static Reading All(params IEnumerable<Reading> readings)
    {
        Reading[] all = [.. readings];
        return new(string.Join(", ", all.Select(reading => reading.Shape).Distinct(StringComparer.Ordinal)), [.. all.SelectMany(reading => reading.Messages)]);
    }
}
