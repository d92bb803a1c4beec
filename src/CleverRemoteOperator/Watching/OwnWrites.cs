using System.Collections.Concurrent;
using System.Globalization;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Watching;

/// <summary>
/// What the operator itself wrote on resources and the watch has not shown yet: a pass reads its own writes, and their echo starts no pass.
/// </summary>
internal sealed class OwnWrites
{
    private readonly ConcurrentDictionary<string, AddonResource> _written = new(StringComparer.Ordinal);

    /// <summary>Keeps what the server answered to a patch of ours.</summary>
    public void Remember(AddonResource written) => _written[written.Uid] = written;

    /// <summary>The newer of what the watch shows and what we wrote.</summary>
    public AddonResource Newest(AddonResource seen)
    {
        if (!_written.TryGetValue(seen.Uid, out var written))
        {
            return seen;
        }

        if (Compare(seen.ResourceVersion, written.ResourceVersion) < 0)
        {
            return written;
        }

        _written.TryRemove(KeyValuePair.Create(seen.Uid, written));
        return seen;
    }

    /// <summary>True when the watch shows nothing newer than our own last write.</summary>
    public bool IsEcho(AddonResource seen) =>
        _written.TryGetValue(seen.Uid, out var written) && Compare(seen.ResourceVersion, written.ResourceVersion) <= 0;

    public void Forget(string uid) => _written.TryRemove(uid, out _);

    // Revisions of one server are numbers that grow; anything else counts as newer unless it is the very same.
    private static int Compare(string seen, string written) =>
        ulong.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var left)
        && ulong.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : string.Equals(seen, written, StringComparison.Ordinal) ? 0 : 1;
}
