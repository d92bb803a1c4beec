using System.Globalization;
using System.Text;

namespace CleverRemoteOperator.Configuration.Texts;

/// <summary>Text of a stranger made fit for a message, a log line or a page: nothing in it that a terminal or a log reader would act on.</summary>
internal static class Printable
{
    private const string Gap = " … ";

    /// <summary>At most <paramref name="length"/> characters of the text, runs of blanks and control characters as one blank.</summary>
    public static string Of(string text, int length = 64)
    {
        var line = Line(text.Take(length * 4));
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    /// <summary>The same, but what is too long loses its middle: what an API server refuses, and to whom, comes first, and which right is missing last.</summary>
    public static string Ends(string text, int length) => Shorten(Line(text), length);

    /// <summary>At most <paramref name="length"/> characters of the text: its beginning and, for the larger part, its end.</summary>
    public static string Shorten(string text, int length) => text.Length <= length ? text
        : string.Concat(text.AsSpan(0, length / 3), Gap, text.AsSpan(text.Length - (length - (length / 3) - Gap.Length)));

    /// <summary>All of the text; what is not <see cref="IsHarmless"/> becomes <c>\uXXXX</c>, but for blanks and whole surrogate pairs.</summary>
    public static string Escape(string text)
    {
        StringBuilder? safe = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                safe?.Append(text, i, 2);
                i++;
            }
            else if (IsHarmless(text[i]) || char.GetUnicodeCategory(text[i]) == UnicodeCategory.SpaceSeparator)
            {
                safe?.Append(text[i]);
            }
            else
            {
                safe ??= new StringBuilder(text, 0, i, text.Length + 16);
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
        }

        return safe?.ToString() ?? text;
    }

    /// <summary>False for what is no letter to look at: blanks, control and format characters, halves of surrogate pairs.</summary>
    public static bool IsHarmless(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate);

    private static string Line(IEnumerable<char> text) =>
        string.Join(' ', new string([.. text.Select(Harmless)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static char Harmless(char c) => IsHarmless(c) ? c : ' ';
}
