using CleverRemoteOperator.Configuration;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Compact;

namespace CleverRemoteOperator.Observability.Logs;

/// <summary>Logs with Serilog to standard output: one line per record, as text or JSON, without secrets.</summary>
internal static class LoggingSetup
{
    /// <summary>Opens the log; disposing it flushes what is left.</summary>
    /// <param name="sink">Takes the records instead of standard output.</param>
    public static ILoggerFactory Open(OperatorOptions options, SecretRegistry secrets, ILogEventSink? sink = null)
    {
        var level = LevelOf(options.LogLevel);
        var libraries = level > LogEventLevel.Warning ? level : LogEventLevel.Warning;
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", libraries)
            .MinimumLevel.Override("System", libraries)
            .Filter.ByExcluding(IsPrintedAtExit);
        _ = sink is null
            ? configuration.WriteTo.Console(Formatter(options.LogFormat, secrets))
            : configuration.WriteTo.Sink(sink);
        return new SerilogLoggerFactory(configuration.CreateLogger(), dispose: true);
    }

    /// <summary>The format of a record; secrets are removed from its values and its exception first.</summary>
    public static ITextFormatter Formatter(LogFormat format, SecretRegistry secrets) => new RedactingFormatter(
        format == LogFormat.Json ? new RenderedCompactJsonFormatter() : new LineFormatter(), secrets);

    // A failure to start is printed when the process ends, in one line without a stack trace.
    private static bool IsPrintedAtExit(LogEvent record) => record.MessageTemplate.Text == "Hosting failed to start";

    private static LogEventLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        _ => LogEventLevel.Fatal,
    };
}
