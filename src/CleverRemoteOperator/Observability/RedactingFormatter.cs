using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace CleverRemoteOperator.Observability;

/// <summary>Hides every known secret in what another formatter wrote.</summary>
internal sealed class RedactingFormatter(ITextFormatter inner, SecretRegistry secrets) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var written = new StringWriter(CultureInfo.InvariantCulture);
        inner.Format(logEvent, written);
        output.Write(secrets.Redact(written.ToString()));
    }
}
