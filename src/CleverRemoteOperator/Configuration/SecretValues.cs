using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace CleverRemoteOperator.Configuration;

/// <summary>
/// The secret values of one account, one connection or one request, to hide them in text that somebody else wrote about these:
/// an answer, a program's errors. It belongs where that text comes in, so that nobody's values change anybody else's text.
/// </summary>
internal sealed class SecretValues
{
    /// <summary>What is written in place of a secret value.</summary>
    public const string Mask = "***";

    /// <summary>Values that need not be secrets, such as an add-on's variables, count as such from this length on: shorter ones are words of any message.</summary>
    public const int Shortest = 8;

    private readonly string[] _forms;
    private readonly Lazy<SearchValues<string>> _search;

    private SecretValues(IEnumerable<string> forms)
    {
        // The longest first, so that a value within another leaves nothing of it.
        _forms = [.. forms.Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
        _search = new(() => SearchValues.Create(_forms, StringComparison.Ordinal));
    }

    public static SecretValues None { get; } = new([]);

    /// <summary>These values, each as it is and as it looks in a URL, in JSON and in JSON within JSON; missing ones are ignored.</summary>
    public static SecretValues Of(params IEnumerable<string?> values) => new(values.Where(value => !string.IsNullOrEmpty(value)).OfType<string>().SelectMany(Forms));

    /// <summary>What signs the requests of an account.</summary>
    public static SecretValues Of(CleverCredentials credentials) => Of(credentials.Token, credentials.Secret, credentials.ConsumerSecret);

    /// <summary>These and what was sent along, as far as it is long enough to be a secret (<see cref="Shortest"/>).</summary>
    public SecretValues With(IReadOnlyCollection<string> sent) =>
        sent.Count == 0 ? this : new(_forms.Concat(sent.Where(value => value.Length >= Shortest).SelectMany(Forms)));

    /// <summary>The text with every value replaced by <see cref="Mask"/>.</summary>
    public string Hide(string text)
    {
        if (_forms.Length == 0)
        {
            return text;
        }

        var rest = text.AsSpan();
        var at = rest.IndexOfAny(_search.Value);
        if (at < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (; at >= 0; at = rest.IndexOfAny(_search.Value))
        {
            clean.Append(rest[..at]).Append(Mask);
            rest = rest[(at + LengthAt(rest[at..]))..];
        }

        return clean.Append(rest).ToString();
    }

    /// <summary>Never shows a value.</summary>
    public override string ToString() => $"{_forms.Length} forms of secret values";

    private int LengthAt(ReadOnlySpan<char> text)
    {
        foreach (var form in _forms)
        {
            if (text.StartsWith(form, StringComparison.Ordinal))
            {
                return form.Length;
            }
        }

        throw new InvalidOperationException("The search found a value that is not in the list.");
    }

    private static string[] Forms(string value) =>
        [value, Uri.EscapeDataString(value), InJson(value), InJson(InJson(value)), JavaScriptEncoder.Default.Encode(value)];

    private static string InJson(string value) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
}
