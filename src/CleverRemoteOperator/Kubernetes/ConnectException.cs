namespace CleverRemoteOperator.Kubernetes;

/// <summary>Why a connection could not be made, in plain words.</summary>
/// <param name="reason">One of <see cref="FailureReason"/>.</param>
internal sealed class ConnectException(string reason, string message, Exception? inner = null) : IOException(message, inner)
{
    public string Reason => reason;
}
