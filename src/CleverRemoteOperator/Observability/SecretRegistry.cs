using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Observability;

/// <summary>
/// The secret values in use, so that logs and pages can hide them: the last line of defence,
/// for text the operator did not write itself. Thread-safe.
/// </summary>
internal sealed class SecretRegistry
{
    /// <summary>What is written in place of a secret value.</summary>
    public const string Mask = "***";

    /// <summary>Shorter values are not hidden: they would hit ordinary words.</summary>
    public const int MinLength = 8;

    /// <summary>So many values are remembered; the one not seen for longest makes room.</summary>
    public const int Capacity = 8192;

    private readonly Lock _lock = new();
    private readonly LinkedList<string> _order = new();
    private readonly Dictionary<string, LinkedListNode<string>> _nodes = new(StringComparer.Ordinal);
    private Snapshot? _snapshot;

    /// <summary>Remembers token and secrets of these credentials. Call it whenever they are resolved: seen again counts as new.</summary>
    public void Add(CleverCredentials credentials)
    {
        Add(credentials.Token);
        Add(credentials.Secret);
        Add(credentials.ConsumerSecret);
    }

    /// <summary>Remembers one value, as it is and as it looks in a URL, in JSON and in JSON within JSON; null and short ones are ignored.</summary>
    public void Add(string? value)
    {
        if (value is null || value.Length < MinLength)
        {
            return;
        }

        lock (_lock)
        {
            Remember(value);
            Remember(Uri.EscapeDataString(value));
            Remember(InJson(value));
            Remember(InJson(InJson(value)));
        }
    }

    /// <summary>The text with every remembered value replaced by <see cref="Mask"/>.</summary>
    public string Redact(string text)
    {
        var known = Volatile.Read(ref _snapshot) ?? Rebuild();
        var at = text.AsSpan().IndexOfAny(known.Search);
        if (at < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (; at >= 0; at = rest.IndexOfAny(known.Search))
        {
            clean.Append(rest[..at]).Append(Mask);
            rest = rest[(at + known.LengthAt(rest[at..]))..];
        }

        return clean.Append(rest).ToString();
    }

    private static string InJson(string value) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);

    private void Remember(string value)
    {
        if (_nodes.TryGetValue(value, out var node))
        {
            _order.Remove(node);
            _order.AddLast(node);
            return;
        }

        _nodes[value] = _order.AddLast(value);
        if (_nodes.Count > Capacity && _order.First is { } oldest)
        {
            _order.Remove(oldest);
            _nodes.Remove(oldest.Value);
        }

        _snapshot = null;
    }

    private Snapshot Rebuild()
    {
        lock (_lock)
        {
            return _snapshot ??= new Snapshot([.. _nodes.Keys.OrderByDescending(value => value.Length)]);
        }
    }

    /// <summary>The values at one moment, the longest first, so that a value within another hides nothing of it.</summary>
    private sealed class Snapshot(string[] values)
    {
        public SearchValues<string> Search { get; } = SearchValues.Create(values, StringComparison.Ordinal);

        public int LengthAt(ReadOnlySpan<char> text)
        {
            foreach (var value in values)
            {
                if (text.StartsWith(value, StringComparison.Ordinal))
                {
                    return value.Length;
                }
            }

            throw new InvalidOperationException("The search found a value that is not in the list.");
        }
    }
}
