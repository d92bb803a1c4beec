using Serilog.Events;
using Serilog.Formatting;

namespace CleverRemoteOperator.Observability;

/// <summary>
/// Cleans the values and the exception of a record before another formatter writes it, so that what is hidden can never be a part
/// of the record's own form.
/// </summary>
internal sealed class RedactingFormatter(ITextFormatter inner, SecretRegistry secrets) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output) => inner.Format(
        new LogEvent(
            logEvent.Timestamp, logEvent.Level, logEvent.Exception is { } failure ? new ToldException(secrets.Redact(FailureText.WithStack(failure))) : null,
            logEvent.MessageTemplate, logEvent.Properties.Select(property => new LogEventProperty(property.Key, Clean(property.Value))),
            logEvent.TraceId ?? default, logEvent.SpanId ?? default),
        output);

    private LogEventPropertyValue Clean(LogEventPropertyValue value) => value switch
    {
        ScalarValue { Value: string text } => secrets.Redact(text) is var clean && ReferenceEquals(clean, text) ? value : new ScalarValue(clean),
        SequenceValue sequence => new SequenceValue(sequence.Elements.Select(Clean)),
        StructureValue structure => new StructureValue(structure.Properties.Select(property => new LogEventProperty(property.Name, Clean(property.Value))), structure.TypeTag),
        DictionaryValue map => new DictionaryValue(map.Elements.Select(pair => KeyValuePair.Create(pair.Key, Clean(pair.Value)))),
        _ => value,
    };

    /// <summary>An exception that is nothing but its cleaned text.</summary>
    private sealed class ToldException(string text) : Exception
    {
        public override string ToString() => text;
    }
}
