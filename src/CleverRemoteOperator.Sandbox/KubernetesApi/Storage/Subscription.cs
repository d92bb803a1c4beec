using System.Threading.Channels;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>One reader of changes: of one resource or of all, of one namespace or of all.</summary>
internal sealed class Subscription(string? storage, string? ns, bool bookmarks)
{
    private readonly Channel<StoreEvent> _events = Channel.CreateUnbounded<StoreEvent>(new() { SingleReader = true });

    public ChannelReader<StoreEvent> Events => _events.Reader;

    public string? Storage { get; } = storage;

    /// <summary>Takes a change if it is of interest; called under the store's lock.</summary>
    public void Offer(StoreEvent change)
    {
        var wanted = change.Object is null ? bookmarks : ns is null || change.Object.Namespace == ns;
        if (wanted)
        {
            _events.Writer.TryWrite(change);
        }
    }

    /// <summary>Ends the reading after what is already there.</summary>
    public void End() => _events.Writer.TryComplete();
}
