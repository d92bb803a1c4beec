namespace CleverRemoteOperator.CleverCloud;

/// <summary>Text from outside made fit for a message: short, on one line.</summary>
internal static class Excerpt
{
    /// <summary>At most <paramref name="length"/> characters of the text, runs of blanks and control characters as one blank.</summary>
    public static string Of(string text, int length)
    {
        var line = string.Join(' ', new string([.. text.Take(length * 4).Select(Harmless)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    private static char Harmless(char c) => char.GetUnicodeCategory(c) is
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
        or System.Globalization.UnicodeCategory.SpaceSeparator or System.Globalization.UnicodeCategory.Surrogate ? ' ' : c;
}
