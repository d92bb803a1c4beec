using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Queueing;

namespace CleverRemoteOperator.Reconciling;

/// <summary>One pass over one resource: what it works on, and what it has found out so far.</summary>
internal sealed class AddonPass(ReconcileKey key, AddonKind kind, AddonResource resource, TimeProvider clock)
{
    public ReconcileKey Key { get; } = key;

    public AddonKind Kind { get; } = kind;

    /// <summary>The resource as the server last showed it to us.</summary>
    public AddonResource Resource { get; set; } = resource;

    public AddonStatus Status { get; } = new(resource, clock);

    /// <summary>Generation of the spec this pass works on.</summary>
    public long StartGeneration { get; } = resource.Generation;

    /// <summary>The resource's creation mark; null when it has none.</summary>
    public CreationMark? Mark => CreationMark.Read(Resource.Annotations, Resource.Uid);

    public bool HasFinalizer => Resource.Finalizers.Contains(Kind.Finalizer);

    /// <summary>Name that the resource's add-on carries at Clever Cloud.</summary>
    public string AddonName => Kind.AddonName(Resource.Uid);

    /// <summary>Organisation the add-on was created in, as far as recorded; null when nothing is.</summary>
    public string? RecordedOrganisation => Status.Organisation ?? NullIfEmpty(Mark?.Organisation);

    /// <summary>Source of the credentials the add-on was created with, as far as recorded; null when nothing is.</summary>
    public string? RecordedSource => Status.CredentialSource ?? NullIfEmpty(Mark?.Source);

    /// <summary>Account the add-on was created by, as far as recorded; null when nothing is.</summary>
    public string? RecordedAccount => Status.Account ?? NullIfEmpty(Mark?.Account);

    /// <summary>True when the add-on carries our name for this resource.</summary>
    public bool Owns(CleverAddon addon) => string.Equals(addon.Name, AddonName, StringComparison.OrdinalIgnoreCase);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Which account serves a resource, and the organisation its add-on belongs to.</summary>
/// <param name="Account">The account's own id; null when its credentials may not tell.</param>
internal sealed record Placement(ResolvedCredentials Credentials, ICleverApi Api, string Organisation, string? Account);
