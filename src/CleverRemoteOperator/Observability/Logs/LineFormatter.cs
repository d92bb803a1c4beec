using System.Globalization;
using CleverRemoteOperator.Configuration.Texts;
using Serilog.Events;
using Serilog.Formatting;

namespace CleverRemoteOperator.Observability.Logs;

/// <summary>
/// One line for each record: time (UTC), level, message. Control characters are escaped; the lines of an exception follow, indented,
/// so that none can pass for a record.
/// </summary>
internal sealed class LineFormatter : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write(logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        output.Write(' ');
        output.Write(Short(logEvent.Level));
        output.Write(' ');
        output.Write(Printable.Escape(Message(logEvent)));
        output.Write('\n');
        if (logEvent.Exception is { } exception)
        {
            foreach (var line in exception.ToString().Split('\n'))
            {
                output.Write("    ");
                output.Write(Printable.Escape(line.TrimEnd('\r')));
                output.Write('\n');
            }
        }
    }

    private static string Short(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "TRC",
        LogEventLevel.Debug => "DBG",
        LogEventLevel.Information => "INF",
        LogEventLevel.Warning => "WRN",
        LogEventLevel.Error => "ERR",
        _ => "FTL",
    };

    private static string Message(LogEvent logEvent) => string.Concat(logEvent.MessageTemplate.Tokens.Select(token =>
        token is Serilog.Parsing.PropertyToken property && logEvent.Properties.TryGetValue(property.PropertyName, out var value)
            ? Literal(value, property.Format)
            : token.ToString()));

    private static string Literal(LogEventPropertyValue value, string? format) =>
        value.ToString(value is ScalarValue { Value: string } ? "l" : format, CultureInfo.InvariantCulture);
}
