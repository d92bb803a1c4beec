using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Observability.Logs;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>The operator's log in a file, so that the screen stays the demo's.</summary>
internal sealed class OperatorLog(string path, SecretRegistry secrets) : ILogEventSink, IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _writer = PrivateFile.Create(path);
    private readonly ITextFormatter _formatter = LoggingSetup.Formatter(LogFormat.Text, secrets);

    public string Path => path;

    public void Emit(LogEvent logEvent)
    {
        lock (_lock)
        {
            _formatter.Format(logEvent, _writer);
            _writer.Flush();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer.Dispose();
        }
    }
}
