using System.Security.Cryptography;
using System.Text;

namespace CleverRemoteOperator.Addons;

/// <summary>
/// The name of an add-on at Clever Cloud: <c>kubernetes::KIND::UID::CLUSTER/NAMESPACE/NAME</c>, or the reference operator's
/// <c>kubernetes::KIND::UID</c>. Kind, uid and cluster say whose it is; namespace and name are for people.
/// </summary>
/// <param name="Kind">As the reference operator spells it.</param>
/// <param name="Cluster">As the operator's configuration calls it, behind the fleet if there is one; null in the reference operator's names.</param>
internal sealed record AddonName(string Kind, string Uid, string? Cluster)
{
    /// <summary>Longest name we give.</summary>
    public const int MaxLength = 200;

    private const string Separator = "::";
    private const string Prefix = "kubernetes" + Separator;
    private const int HashLength = 6;

    /// <summary>What an add-on's name says; null when it is not in this form.</summary>
    public static AddonName? Read(string? name)
    {
        if (name is null || !name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = name[Prefix.Length..].Split(Separator, 3);
        return parts switch
        {
            [{ Length: > 0 } kind, { Length: > 0 } uid] => new(kind, uid, null),
            [{ Length: > 0 } kind, { Length: > 0 } uid, var place] when place.IndexOf('/', StringComparison.Ordinal) is > 0 and var end =>
                new(kind, uid, place[..end]),
            _ => null,
        };
    }

    /// <summary>Namespace and name of the resource an add-on's name tells; null where it tells none, or was cut.</summary>
    public static (string Namespace, string Name)? PlaceOf(string? name)
    {
        if (Read(name) is not { Cluster: { } cluster } read)
        {
            return null;
        }

        var place = name![(Bare(read.Kind, read.Uid).Length + Separator.Length + cluster.Length + 1)..].Split('/');
        return place is [{ Length: > 0 } @namespace, { Length: > 0 } resource] && !place[0].Contains('~', StringComparison.Ordinal) && !place[1].Contains('~', StringComparison.Ordinal)
            ? (@namespace, resource)
            : null;
    }

    /// <summary>The reference operator's name for the resource's add-on.</summary>
    public static string Bare(string kind, string uid) => $"{Prefix}{kind}{Separator}{uid}";

    /// <summary>Our name for the resource's add-on. What does not fit is cut, and a short hash of it put in its place; the cluster stays whole.</summary>
    public static string Write(string kind, string uid, string cluster, string @namespace, string name)
    {
        var start = $"{Bare(kind, uid)}{Separator}{cluster}/";
        var place = $"{@namespace}/{name}";
        var room = MaxLength - start.Length;
        if (place.Length <= room)
        {
            return start + place;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)))[..HashLength];
        return room > HashLength ? $"{start}{place[..(room - HashLength - 1)]}~{hash}" : start + hash;
    }

    /// <summary>True for the add-on of that resource, of whichever cluster.</summary>
    public bool IsOf(AddonKind kind, string uid) => Same(Kind, kind.NameInAddons) && Same(Uid, uid);

    /// <summary>True when it names this cluster.</summary>
    public bool IsIn(string cluster) => Cluster is not null && Same(Cluster, cluster);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
