namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>An object from the API server that is not what it should be. Its message says what is wrong and holds no value of the object.</summary>
/// <param name="namespace">Its namespace as far as it could be read; else empty.</param>
/// <param name="name">Its name as far as it could be read; else empty.</param>
internal sealed class MalformedObjectException(string message, string @namespace, string name) : Exception(message)
{
    public string Namespace { get; } = @namespace;

    public string Name { get; } = name;
}
