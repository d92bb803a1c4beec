namespace CleverRemoteOperator.Sandbox.KubernetesApi.Errors;

/// <summary>What was sent cannot be read as an object of its kind. Where a patch led to it, it is refused in other words.</summary>
/// <param name="what">The object, as <c>ConfigMap in version "v1" cannot be handled as a ConfigMap</c>.</param>
/// <param name="why">What the decoder says.</param>
internal sealed class UndecodableException(string what, string why) : ApiException(400, "BadRequest", $"{what}: {why}")
{
    public string Why { get; } = why;

    /// <summary>What is said instead where a strategic patch or an apply is converted to the kind.</summary>
    public string Conversion { get; init; } = why;
}
