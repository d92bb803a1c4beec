using System.Text;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>The end of what a program wrote to its errors, fit for a message: what looks like a secret, or was given to it, is hidden.</summary>
/// <param name="given">Values the program was given.</param>
internal sealed partial class ExecErrors(IReadOnlyList<string> given)
{
    private const int Kept = 4096;
    private const int Shown = 512;
    private const int ShortestGiven = 4;
    private const string Mask = SecretValues.Mask;

    private readonly SecretValues _secrets = SecretValues.Of(given.Where(value => value.Length >= ShortestGiven));
    private readonly byte[] _buffer = new byte[2 * Kept];
    private readonly Lock _lock = new();
    private int _length;

    /// <summary>Reads to the end, and keeps the last 4 KiB.</summary>
    public async Task ReadAsync(Stream errors, CancellationToken token)
    {
        var chunk = new byte[Kept];
        int read;
        while ((read = await errors.ReadAsync(chunk, token)) > 0)
        {
            lock (_lock)
            {
                var drop = Math.Max(0, _length + read - _buffer.Length);
                _buffer.AsSpan(drop, _length - drop).CopyTo(_buffer);
                chunk.AsSpan(0, read).CopyTo(_buffer.AsSpan(_length - drop));
                _length += read - drop;
            }
        }
    }

    /// <summary>The end so far, on one line; empty when there was nothing.</summary>
    public string End()
    {
        string text;
        lock (_lock)
        {
            text = Encoding.UTF8.GetString(_buffer, 0, _length);
        }

        text = _secrets.Hide(text);
        text = Followed().Replace(Named().Replace(text, "$1" + Mask), "$1" + Mask);
        text = Long().Replace(text, match => LooksRandom(match.Value) ? Mask : match.Value);
        // Redacted first: a secret cut in two would not be seen.
        var line = Printable.Of(text, int.MaxValue / 8);
        return line.Length <= Shown ? line : "…" + line[^Shown..];
    }

    private static bool LooksRandom(string text) =>
        text.Any(char.IsDigit) && text.Any(char.IsLetter) && (HexOnly().IsMatch(text) || (text.Any(char.IsUpper) && text.Any(char.IsLower)));

    [GeneratedRegex("""((?:token|secret|passw(?:or)?d|passwd|pwd|apikey|api[-_ ]key|access[-_ ]key(?:[-_ ]id)?|authorization|assertion|cookie|code)["']?\s*[:=]\s*["']?(?:(?:bearer|basic)\s+)?)[^\s"',;]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex("""((?:bearer|basic|token|secret|passw(?:or)?d)\s+["']?)(?=[^\s"',;]*\d)[^\s"',;]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Followed();

    [GeneratedRegex("[A-Za-z0-9+/_=-]{20,}")]
    private static partial Regex Long();

    [GeneratedRegex(@"\A[0-9a-fA-F]{20,}\z")]
    private static partial Regex HexOnly();
}
