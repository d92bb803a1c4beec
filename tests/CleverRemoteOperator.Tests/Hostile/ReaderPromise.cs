using System.Diagnostics;
using System.Globalization;

namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>What every reader promises of every input: something or a plain refusal, soon, in little memory, in words that may be shown.</summary>
internal static class ReaderPromise
{
    private const long MaxAllocation = 64 * 1024 * 1024;
    private const int MaxMessages = 500;

    // So much of a secret is one.
    private const int SecretPart = 16;

    /// <summary>Has the reader read the input.</summary>
    /// <param name="limit">How long it may take.</param>
    /// <param name="reading">What came of it; null when an exception nobody expects did.</param>
    /// <returns>The promise that was broken; null when none was.</returns>
    public static string? Broken(Reader reader, byte[] input, TimeSpan limit, out Reading? reading)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        reading = null;
        try
        {
            reading = reader.Read(input);
        }
        catch (Exception failure)
        {
            return $"throws {failure.GetType().Name}: {failure.Message}\n{failure.StackTrace}";
        }

        var (elapsed, allocated) = (Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
        return elapsed > limit ? $"takes {elapsed.TotalSeconds:0.0} s"
            : allocated > MaxAllocation ? $"allocates {allocated >> 20} MiB"
            : reading.Messages.Count > MaxMessages ? $"has {reading.Messages.Count} messages"
            : reading.Messages.Select(message => Wrong(reader, input, message)).FirstOrDefault(wrong => wrong is not null);
    }

    private static string? Wrong(Reader reader, byte[] input, string message) =>
        message.Length is 0 ? "has an empty message"
        : message.Length > reader.MaxMessage ? $"has a message of {message.Length} characters: {message[..200]}"
        : message.FirstOrDefault(IsHarmful) is not '\0' and var harmful ? $"has a message with U+{(int)harmful:X4}"
        : message.Contains('\0', StringComparison.Ordinal) ? "has a message with U+0000"
        : reader.HidesSecrets && Tells(input, message) ? "has a message that tells a secret"
        : null;

    private static bool IsHarmful(char letter) => char.GetUnicodeCategory(letter) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    // A part of it counts only where the input has no such part standing alone.
    private static bool Tells(byte[] input, string message) => message.Contains(Reader.Secret, StringComparison.Ordinal)
        || (message.Contains(Reader.Secret[..SecretPart], StringComparison.Ordinal)
            && Reader.Text(input).Replace(Reader.Secret, "", StringComparison.Ordinal).Contains(Reader.Secret[..SecretPart], StringComparison.Ordinal) is false);
}
