namespace CleverRemoteOperator.Commands;

/// <summary>A command cannot do what it was asked for.</summary>
/// <param name="message">Why, and the way out, in one line fit for a terminal.</param>
internal sealed class CommandException(string message) : Exception(message);
