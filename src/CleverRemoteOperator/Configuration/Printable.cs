namespace CleverRemoteOperator.Configuration;

/// <summary>Text of a stranger as it may stand in a message: one line, no control characters, at most 64 characters.</summary>
internal static class Printable
{
    private const int Limit = 64;

    public static string Of(string text)
    {
        var clean = string.Concat(text.Take(Limit).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return text.Length > Limit ? clean + "…" : clean;
    }
}
