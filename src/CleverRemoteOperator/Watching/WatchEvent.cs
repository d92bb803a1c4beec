namespace CleverRemoteOperator.Watching;

/// <summary>What a watch tells its consumer.</summary>
/// <param name="Object">The object; null for <see cref="WatchEventType.Synced"/>.</param>
internal readonly record struct WatchEvent<T>(WatchEventType Type, T? Object);

/// <summary>Kinds of <see cref="WatchEvent{T}"/>.</summary>
internal enum WatchEventType
{
    /// <summary>Found by the initial list, or by a later list, as it is now.</summary>
    Listed,

    /// <summary>Created or changed, live.</summary>
    Applied,

    /// <summary>Gone; also for objects a later list no longer shows.</summary>
    Deleted,

    /// <summary>A list has been delivered in full: the store is complete.</summary>
    Synced,
}
