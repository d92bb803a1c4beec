namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>Reads one object of a list or a watch. Throws <see cref="MalformedObjectException"/> for anything else than such an object.</summary>
internal delegate T ObjectReader<out T>(ReadOnlySpan<byte> json);

/// <summary>How objects of a type travel and are read.</summary>
/// <param name="Accept">Accept header that asks for one of them, or for a watch.</param>
internal sealed record ObjectFormat<T>(string Accept, ObjectReader<T> Read)
    where T : class, INamespacedObject
{
    /// <summary>Accept header that asks for a list of them.</summary>
    public string ListAccept { get; init; } = Accept;

    /// <summary>Gives an object with less and less of it, for where there is no room for all. Default: nothing.</summary>
    public Func<T, IEnumerable<T>> Smaller { get; init; } = _ => [];
}
