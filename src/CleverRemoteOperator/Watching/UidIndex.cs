using System.Collections.Concurrent;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Watching;

/// <summary>The objects of one store by uid. A server may show one uid twice, though none should: both are kept. Only one thread writes.</summary>
internal sealed class UidIndex<T>
    where T : class, INamespacedObject
{
    // An object, or where its uid is not its own, all that have it.
    private readonly ConcurrentDictionary<string, object> _byUid = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An object of that uid; null when there is none.</summary>
    public T? Any(string uid) => _byUid.GetValueOrDefault(uid) switch
    {
        T only => only,
        ConcurrentDictionary<(string, string), T> all => all.Select(entry => entry.Value).FirstOrDefault(),
        _ => null,
    };

    /// <summary>At most so many objects of that uid other than the one of that name.</summary>
    public IReadOnlyList<T> Others(string uid, string @namespace, string name, int most) => _byUid.GetValueOrDefault(uid) switch
    {
        T only => IsOf(only, @namespace, name) ? [] : [only],
        ConcurrentDictionary<(string, string), T> all => [.. all.Select(entry => entry.Value).Where(other => !IsOf(other, @namespace, name)).Take(most)],
        _ => [],
    };

    public void Put(T item)
    {
        switch (_byUid.GetValueOrDefault(item.Uid))
        {
            case ConcurrentDictionary<(string, string), T> all:
                all[(item.Namespace, item.Name)] = item;
                break;
            case T other when !IsOf(other, item.Namespace, item.Name):
                _byUid[item.Uid] = new ConcurrentDictionary<(string, string), T> { [(other.Namespace, other.Name)] = other, [(item.Namespace, item.Name)] = item };
                break;
            default:
                _byUid[item.Uid] = item;
                break;
        }
    }

    public void Remove(T item)
    {
        switch (_byUid.GetValueOrDefault(item.Uid))
        {
            case ConcurrentDictionary<(string, string), T> all:
                all.TryRemove((item.Namespace, item.Name), out _);
                if (all.IsEmpty)
                {
                    _byUid.TryRemove(item.Uid, out _);
                }

                break;
            case T only when IsOf(only, item.Namespace, item.Name):
                _byUid.TryRemove(item.Uid, out _);
                break;
        }
    }

    private static bool IsOf(T item, string @namespace, string name) => item.Namespace == @namespace && item.Name == name;
}
