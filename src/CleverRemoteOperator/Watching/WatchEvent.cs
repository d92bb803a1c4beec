using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Watching;

/// <summary>What a watch tells its consumer.</summary>
/// <param name="Object">The object; null for <see cref="WatchEventType.Synced"/> and <see cref="WatchEventType.Malformed"/>.</param>
/// <param name="Problem">Why an object could not be read; only for <see cref="WatchEventType.Malformed"/>.</param>
internal readonly record struct WatchEvent<T>(WatchEventType Type, T? Object, MalformedObjectException? Problem = null);

/// <summary>Kinds of <see cref="WatchEvent{T}"/>.</summary>
internal enum WatchEventType
{
    /// <summary>Found by the initial list, or by a later list when it is new or changed since, as it is now.</summary>
    Listed,

    /// <summary>Created or changed, live.</summary>
    Applied,

    /// <summary>Gone; also for objects a later list no longer shows.</summary>
    Deleted,

    /// <summary>A list has been delivered in full: the store is complete.</summary>
    Synced,

    /// <summary>One object could not be read; what is known of it is in the problem. The last readable state stays in the store.</summary>
    Malformed,
}
