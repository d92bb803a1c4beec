using System.Collections.ObjectModel;

namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>One custom resource, without managedFields. Never changed: reads and patches give new ones.</summary>
internal sealed record AddonResource : INamespacedObject
{
    /// <summary>The longest spec, and the longest status, that is kept: bytes of JSON. Our own status stays far below.</summary>
    public const int MaxPart = 64 * 1024;

    private const int Unread = -1;

    // 0, 1, or not read yet.
    private int _isReady = Unread;

    public required string ApiVersion { get; init; }

    /// <summary>Kind as the object itself writes it.</summary>
    public required string Kind { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    public required string ResourceVersion { get; init; }

    public long Generation { get; init; }

    public DateTimeOffset CreationTimestamp { get; init; }

    /// <summary>Set once somebody deleted the resource and finalizers hold it.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>Those the operator reads: the ones of its own API group.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public JsonPart Spec { get; init; }

    /// <summary>A status says the same whenever it is read: what was found out of it is forgotten with it alone.</summary>
    public JsonPart Status
    {
        get;
        init => (field, _isReady) = (value, Unread);
    }

    /// <summary>
    /// True when spec or status was left out here, which then count as missing: one of them has more than <see cref="MaxPart"/> bytes
    /// of JSON, or its namespace or cluster no room for it. Nothing may be concluded from what is missing.
    /// </summary>
    public bool IsTooLarge { get; init; }

    /// <summary>When the operator read this from the server: a timestamp of the cluster's clock.</summary>
    public long ReadAt { get; init; }

    /// <summary>Whether the status says Ready. Read once, however often it is asked for.</summary>
    public bool IsReady
    {
        get
        {
            if (_isReady == Unread)
            {
                _isReady = ReadyStatus.Says(Status) ? 1 : 0;
            }

            return _isReady == 1;
        }
    }

    public int KeptBytes =>
        KeptSize.OfObject(Namespace, Name, Uid, ResourceVersion) + KeptSize.Of(Finalizers) + KeptSize.Of(Annotations) + Spec.Length + Status.Length;

    /// <summary>Itself with less and less of it, for where there is no room for all.</summary>
    public IEnumerable<AddonResource> Smaller()
    {
        yield return this with { Spec = default, IsTooLarge = true };
        yield return this with { Spec = default, Status = default, IsTooLarge = true };
    }
}
