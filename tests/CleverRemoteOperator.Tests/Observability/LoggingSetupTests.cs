using System.Globalization;
using System.Text.Json;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Observability.Logs;
using Microsoft.Extensions.Logging;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace CleverRemoteOperator.Tests.Observability;

public sealed partial class LoggingSetupTests
{
    private readonly SecretRegistry _secrets = new();

    [Fact]
    public void A_line_is_time_level_and_message_with_values()
    {
        var line = Write(new OperatorOptions(), log => LogCreated(log, "postgresql_1", 3));

        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INF Created postgresql_1 after 3 s\n$", line);
    }

    [Fact]
    public void A_value_with_line_breaks_cannot_forge_a_record()
    {
        var line = Write(new OperatorOptions(), log => LogCreated(log, "x\r\n2026-01-01T00:00:00.000Z INF forged\u001b[31m", 3));

        Assert.Contains("x\\u000d\\u000a2026-01-01T00:00:00.000Z INF forged\\u001b[31m", line);
        Assert.Equal(1, line.Count(c => c == '\n'));
    }

    [Fact]
    public void The_lines_of_an_exception_follow_indented()
    {
        var text = Write(new OperatorOptions(), log => LogFailed(log, new InvalidOperationException("first\nsecond")));

        var lines = text.TrimEnd('\n').Split('\n');
        Assert.EndsWith("ERR Failed", lines[0]);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("    ", line));
        Assert.Contains("    second", lines);
    }

    [Theory]
    [InlineData(nameof(LogFormat.Text))]
    [InlineData(nameof(LogFormat.Json))]
    public void No_secret_is_written_whether_in_message_or_exception(string format)
    {
        _secrets.Add("s3cret\"value");
        _secrets.Add("status-token-value");
        var text = Write(new OperatorOptions { LogFormat = Enum.Parse<LogFormat>(format) }, log =>
        {
            LogCreated(log, "s3cret\"value and status-token-value", 1);
            LogFailed(log, new InvalidOperationException("outer s3cret\"value", new IOException("inner s3cret\"value")));
        });

        Assert.DoesNotContain("s3cret", text);
        Assert.DoesNotContain("status-token-value", text);
        Assert.Contains("outer ***", text);
        Assert.Contains("inner ***", text);
    }

    [Fact]
    public void A_secret_that_looks_like_a_record_leaves_the_form_of_records_alone()
    {
        _secrets.Add("{\"@t\":\"2026");

        var text = Write(new OperatorOptions { LogFormat = LogFormat.Json }, log => LogCreated(log, "{\"@t\":\"2026", 3));

        using var record = JsonDocument.Parse(text);
        Assert.Equal("***", record.RootElement.GetProperty("Addon").GetString());
        Assert.StartsWith("20", record.RootElement.GetProperty("@t").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(LogFormat.Text))]
    [InlineData(nameof(LogFormat.Json))]
    public void What_a_library_cites_in_its_exceptions_is_hidden_where_it_looks_like_a_secret(string format)
    {
        var text = Write(new OperatorOptions { LogFormat = Enum.Parse<LogFormat>(format) }, log => LogFailed(log, new InvalidOperationException(
            "outer", new AggregateException(new FormatException("The format of value 'Bearer 0123-abcd' is invalid."), new IOException("disk")))));

        Assert.DoesNotContain("0123-abcd", text);
        Assert.Contains("Bearer ***", text);
        Assert.Contains("System.IO.IOException: disk", text);
        Assert.Contains("System.InvalidOperationException: outer", text);
    }

    [Fact]
    public void A_JSON_record_is_one_line_with_the_message_and_its_values()
    {
        var text = Write(new OperatorOptions { LogFormat = LogFormat.Json }, log => LogCreated(log, "line\nbreak", 3));

        Assert.Equal(1, text.Count(c => c == '\n'));
        using var record = JsonDocument.Parse(text);
        Assert.Equal("line\nbreak", record.RootElement.GetProperty("Addon").GetString());
        Assert.Equal(3, record.RootElement.GetProperty("Seconds").GetInt32());
    }

    [Theory]
    [InlineData(LogLevel.Information, "Own", LogLevel.Information, true)]
    [InlineData(LogLevel.Warning, "Own", LogLevel.Information, false)]
    [InlineData(LogLevel.Trace, "Own", LogLevel.Trace, true)]
    [InlineData(LogLevel.Trace, "Microsoft.AspNetCore.Hosting", LogLevel.Information, false)]
    [InlineData(LogLevel.Trace, "System.Net.Http.HttpClient", LogLevel.Information, false)]
    [InlineData(LogLevel.Trace, "Microsoft.AspNetCore.Hosting", LogLevel.Warning, true)]
    [InlineData(LogLevel.Error, "Microsoft.AspNetCore.Hosting", LogLevel.Warning, false)]
    public void The_level_of_the_options_counts_and_libraries_speak_from_warning(LogLevel option, string category, LogLevel level, bool isWritten)
    {
        using var log = Open(new OperatorOptions { LogLevel = option }, new StringWriter(CultureInfo.InvariantCulture));

        Assert.Equal(isWritten, log.CreateLogger(category).IsEnabled(level));
    }

    private string Write(OperatorOptions options, Action<ILogger> act)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using (var log = Open(options, output))
        {
            act(log.CreateLogger("Own"));
        }

        return output.ToString();
    }

    private ILoggerFactory Open(OperatorOptions options, TextWriter output) =>
        LoggingSetup.Open(options, _secrets, new WriterSink(LoggingSetup.Formatter(options.LogFormat, _secrets), output));

    [LoggerMessage(LogLevel.Information, "Created {Addon} after {Seconds} s")]
    private static partial void LogCreated(ILogger log, string addon, int seconds);

    [LoggerMessage(LogLevel.Error, "Failed")]
    private static partial void LogFailed(ILogger log, Exception failure);

    private sealed class WriterSink(ITextFormatter formatter, TextWriter output) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => formatter.Format(logEvent, output);
    }
}
