using System.Text.RegularExpressions;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>What went wrong in TLS, in the words of its alerts: the runtime hides them in the innermost of its exceptions.</summary>
internal static partial class TlsWords
{
    private const int MaxLength = 256;

    /// <summary>The words.</summary>
    public static string Of(Exception failure) => Alert(failure) ?? Printable.Of(Innermost(failure) switch
    {
        { Message: var text } when text.Contains("wrong version number", StringComparison.Ordinal) || text.Contains("packet length too long", StringComparison.Ordinal)
            || text.Contains("corrupted frame", StringComparison.OrdinalIgnoreCase) || text.Contains("frame size", StringComparison.OrdinalIgnoreCase)
            => "the server does not use TLS on this port",
        { Message: var text } when text.Contains("unexpected EOF", StringComparison.OrdinalIgnoreCase) || text.Contains("0 bytes", StringComparison.Ordinal)
            => "the server closed the connection during the TLS handshake",
        { Message: var text } => text,
    }, MaxLength);

    /// <summary>The alert the server ended TLS with; null when there was none.</summary>
    public static string? Alert(Exception failure)
    {
        for (var at = failure; at is not null; at = at.InnerException)
        {
            if (AlertText().Match(at.Message) is { Success: true } match)
            {
                var alert = match.Groups[1].Value;
                return alert.Contains("certificate", StringComparison.Ordinal) || alert is "access denied" or "unknown ca"
                    ? $"the server rejected the client certificate, or requires one (TLS alert: {alert})"
                    : $"the server aborted TLS (alert: {alert})";
            }
        }

        return null;
    }

    private static Exception Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure;

    [GeneratedRegex("(?:SSL routines::|ssl/tls |tlsv1 |tlsv13 |sslv3 )*alert ([a-z ]+)", RegexOptions.IgnoreCase)]
    private static partial Regex AlertText();
}
