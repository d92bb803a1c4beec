namespace CleverRemoteOperator.Sandbox.CleverApi.State;

/// <summary>A state file that cannot be used; the message is one line for the person who named it.</summary>
internal sealed class StateFileException(string message, Exception? innerException = null) : Exception(message, innerException);
