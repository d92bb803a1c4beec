using System.Globalization;
using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Configuration;

/// <summary>What may be shown of a text nobody has checked yet: a secret may have been put anywhere by mistake.</summary>
internal static partial class Disclosure
{
    private const int Longest = 128;
    private const int MostSearched = 1024;

    /// <summary>The text when it is short and does not look like a secret, else its length and kind.</summary>
    public static string Of(string text, int length = Longest) =>
        text.Length <= length && Kind(text).IsHarmless ? Printable.Of(text, length) : $"({Describe(text)})";

    /// <summary>Length and kind of the text, and nothing it says: <c>a kubeconfig, 2,311 characters</c>.</summary>
    public static string Describe(string text) =>
        $"{Kind(text).Name}, {text.Length.ToString("N0", CultureInfo.InvariantCulture)} character{(text.Length == 1 ? "" : "s")}";

    /// <summary>Whether the text is a kubeconfig, be it in base64.</summary>
    public static bool IsKubeconfig(string text) => IsPlainKubeconfig(Base64Text.Unwrap(text.Trim(), times: 2));

    /// <summary>The text of a stranger with <c>***</c> for what looks like a secret in it, at most 1024 characters of it.</summary>
    public static string Hide(string text) => Secret().Replace(text.Length <= MostSearched ? text : text[..MostSearched] + "…", match =>
        string.Concat(match.Groups["keep"].Value, SecretValues.Mask, match.Groups["end"].Value));

    private static (string Name, bool IsHarmless) Kind(string text)
    {
        var plain = Base64Text.Unwrap(text.Trim(), times: 2);
        var head = text.Length <= MostSearched ? text : text[..MostSearched];
        var wrapped = plain == text.Trim() ? "" : " in base64";
        return plain switch
        {
            "" => ("an empty text", true),
            _ when IsPlainKubeconfig(plain) => ($"a kubeconfig{wrapped}", false),
            _ when plain.Contains("PRIVATE KEY-----", StringComparison.Ordinal) => ($"a private key{wrapped}", false),
            _ when plain.Contains("-----BEGIN ", StringComparison.Ordinal) => ($"a certificate{wrapped}", false),
            _ when WebToken().IsMatch(head) => ("a token", false),
            _ when UserInfo().IsMatch(head) => ("an address with a user name or a password", false),
            _ when plain.AsSpan().IndexOfAny('\n', '\r') >= 0 => ($"a text of several lines{wrapped}", false),
            _ when Secret().IsMatch(head) => ("a text that looks like a secret", false),
            _ when text.Contains("://", StringComparison.Ordinal) => ("an address", true),
            _ when text.Trim().All(char.IsAsciiDigit) => ("a number", true),
            _ when text.StartsWith('/') || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("~/", StringComparison.Ordinal) => ("a path", true),
            _ => ("a text", true),
        };
    }

    private static bool IsPlainKubeconfig(string text) => KubeconfigKey().Count(text) >= 2;

    [GeneratedRegex("""(?<![\w-])(?:clusters|contexts|users|current-context)["']?\s*:""")]
    private static partial Regex KubeconfigKey();

    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]*")]
    private static partial Regex WebToken();

    [GeneratedRegex(@"://[^/?#\s]*@")]
    private static partial Regex UserInfo();

    // After a word that says so; user and password of an address; a long run of capitals, small letters and digits, or of one of these
    // and digits, as no name of a person's making is. Dashes part the runs of uids, so these are none.
    [GeneratedRegex(
        """
        (?<keep>\b(?i:bearer|basic)\s+)[^\s"',;]{6,}
        |(?<keep>(?i:token|secret|password|passwd|authorization)["']?\s*[:=]\s*["']?)[^\s"',;]+
        |(?<keep>://)[^/?\#\s@]*(?<end>@)
        |(?=[\w+=~-]*[A-Z])(?=[\w+=~-]*[a-z])(?=[\w+=~-]*[0-9])[\w+=~-]{24,}
        |(?<![a-z0-9])(?=[a-z]*[0-9])[a-z0-9]{32,}
        |(?<![A-Z0-9])(?=[A-Z]*[0-9])[A-Z0-9]{32,}
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
