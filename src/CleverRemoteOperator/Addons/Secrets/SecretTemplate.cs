using System.Text;
using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Addons.Secrets;

/// <summary>
/// Value of one key: the name of an entry, or a text in which <c>$(NAME)</c> stands for an entry, <c>$(NAME|uri)</c> for the same
/// percent-encoded, and <c>$$</c> for a dollar.
/// </summary>
internal sealed partial class SecretTemplate
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "the name of an entry, or a text with $(NAME), $(NAME|uri) where it has to be percent-encoded, and $$ for a dollar; at most 4096 characters";

    private const int MaxLength = 4096;

    private readonly List<Part> _parts = [];

    private SecretTemplate()
    {
    }

    /// <summary>Entries it is made of.</summary>
    public IEnumerable<string> Entries => _parts.Where(part => part.IsEntry).Select(part => part.Text).Distinct();

    /// <summary>The template, or what is wrong with the text. Neither shows the text: it may hold a secret.</summary>
    public static (SecretTemplate? Template, string? Mistake) Parse(string text)
    {
        var template = new SecretTemplate();
        if (EntryName().IsMatch(text))
        {
            template._parts.Add(new(text, IsEntry: true));
            return (template, null);
        }

        var at = 0;
        while (at < text.Length)
        {
            var dollar = text.IndexOf('$', at);
            template.AddText(text[at..(dollar < 0 ? text.Length : dollar)]);
            if (dollar < 0)
            {
                break;
            }

            if (text.AsSpan(dollar).StartsWith("$$"))
            {
                template.AddText("$");
                at = dollar + 2;
            }
            else if (Reference().Match(text, dollar) is { Success: true } reference)
            {
                template._parts.Add(new(reference.Groups["name"].Value, IsEntry: true, IsUri: reference.Groups["uri"].Success));
                at = dollar + reference.Length;
            }
            else
            {
                return (null, $"has a $ at character {dollar + 1} that begins neither $(NAME) nor $(NAME|uri) nor $$");
            }
        }

        return text.Length > MaxLength ? (null, $"has {text.Length} characters")
            : template.Entries.Any() ? (template, null)
            : (null, "names no entry");
    }

    /// <summary>The value; all <see cref="Entries"/> must be there.</summary>
    public string Render(IReadOnlyDictionary<string, string> entries)
    {
        var value = new StringBuilder();
        foreach (var part in _parts)
        {
            value.Append(!part.IsEntry ? part.Text : part.IsUri ? Uri.EscapeDataString(entries[part.Text]) : entries[part.Text]);
        }

        return value.ToString();
    }

    private void AddText(string text)
    {
        if (text.Length > 0)
        {
            _parts.Add(new(text));
        }
    }

    [GeneratedRegex(@"^[-._A-Za-z0-9]{1,253}\z")]
    private static partial Regex EntryName();

    [GeneratedRegex(@"\G\$\((?<name>[-._A-Za-z0-9]{1,253})(?<uri>\|uri)?\)")]
    private static partial Regex Reference();

    private sealed record Part(string Text, bool IsEntry = false, bool IsUri = false);
}
