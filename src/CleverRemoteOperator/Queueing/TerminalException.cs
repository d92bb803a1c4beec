namespace CleverRemoteOperator.Queueing;

/// <summary>A failure that only a change of the resource can mend: no retry until then.</summary>
internal sealed class TerminalException(string message) : Exception(message);
