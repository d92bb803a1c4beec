namespace CleverRemoteOperator.Sandbox.KubernetesApi.Errors;

/// <summary>What the answer's Warning headers will say.</summary>
internal sealed class RequestWarnings
{
    private readonly List<string> _messages = [];

    public IEnumerable<string> Headers =>
        _messages.Distinct(StringComparer.Ordinal).Select(message => "299 - \"" + message.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"");

    public void Add(string message) => _messages.Add(message);
}
