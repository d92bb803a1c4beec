using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>What the name of an add-on says of where its resource is.</summary>
/// <param name="Name">Kind, uid and cluster.</param>
/// <param name="Kind">The kind; null when there is none of that name.</param>
/// <param name="Namespace">Null when it is not told, or was cut.</param>
/// <param name="ResourceName">Null when it is not told, or was cut.</param>
internal sealed record AddonPlace(AddonName Name, AddonKind? Kind, string? Namespace, string? ResourceName)
{
    private const char Cut = '~';

    /// <summary>Null for a name in another form.</summary>
    public static AddonPlace? Read(string? text)
    {
        if (AddonName.Read(text) is not { } name)
        {
            return null;
        }

        var kind = AddonCatalog.All.FirstOrDefault(kind => string.Equals(kind.NameInAddons, name.Kind, StringComparison.OrdinalIgnoreCase));
        var place = name.Cluster is null ? [] : text!.Split("::", 4)[3].Split('/');
        return place is [_, { Length: > 0 } @namespace, { Length: > 0 } resource] && !resource.Contains(Cut, StringComparison.Ordinal)
            ? new(name, kind, @namespace, resource)
            : new(name, kind, place is [_, { Length: > 0 } only, _] ? only : null, null);
    }
}
