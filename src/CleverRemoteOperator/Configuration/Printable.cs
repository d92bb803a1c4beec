using System.Globalization;

namespace CleverRemoteOperator.Configuration;

/// <summary>Text of a stranger made fit for a message: short, on one line, nothing in it that a terminal or a log reader would act on.</summary>
internal static class Printable
{
    /// <summary>At most <paramref name="length"/> characters of the text, runs of blanks and control characters as one blank.</summary>
    public static string Of(string text, int length = 64)
    {
        var line = string.Join(' ', new string([.. text.Take(length * 4).Select(Harmless)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    /// <summary>False for what is no letter to look at: blanks, control and format characters, halves of surrogate pairs.</summary>
    public static bool IsHarmless(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate);

    private static char Harmless(char c) => IsHarmless(c) ? c : ' ';
}
