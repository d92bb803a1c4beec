namespace CleverRemoteOperator.Observability.Pages;

/// <summary>
/// What the socket that accepted a connection serves. It travels with the connection,
/// so nothing a client writes into its request can change it.
/// </summary>
/// <param name="ServesMetrics">Whether <c>/metrics</c> and <c>/status</c> exist here.</param>
/// <param name="IsLoopback">Whether only this machine can reach it.</param>
internal sealed record Listener(bool ServesMetrics, bool IsLoopback);

/// <summary>Marks an endpoint that exists only where metrics are served.</summary>
internal sealed record MetricsOnly;

/// <summary>A listener that could not be opened; the message is the one line shown to whoever starts the operator.</summary>
internal sealed class ListenerException(string message, Exception inner) : Exception(message, inner);
