using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Secrets;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Catalogue;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Remembering;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>
/// What is known of one resource at this moment. Never changed: a look at one more <see cref="Fact"/> gives a new one. What is null
/// has not been looked at, because nothing depended on it so far.
/// </summary>
internal sealed record Observation
{
    public required ReconcileKey Key { get; init; }

    public required AddonKind Kind { get; init; }

    public required AddonResource Resource { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required Owner Owner { get; init; }

    public required Rules Rules { get; init; }

    /// <summary>What the resource asks for; null when it cannot be read.</summary>
    public AddonSpec? Spec { get; init; }

    /// <summary>What is wrong with the spec.</summary>
    public IReadOnlyList<string> Mistakes { get; init; } = [];

    /// <summary>What the spec says about the end of the add-on, even where the rest of it cannot be read.</summary>
    public AddonPolicies SpecPolicies { get; init; } = AddonPolicies.None;

    public Steering Steering { get; init; } = Steering.None;

    /// <summary>What status and mark say: hints.</summary>
    public required Recorded Recorded { get; init; }

    public Remembered Memory { get; init; } = Remembered.Nothing;

    /// <summary>True when another living resource of the cluster has the same uid.</summary>
    public bool IsUidShared { get; init; }

    /// <summary>True where the cluster's definition drops conditions, as the reference operator's do.</summary>
    public bool DropsConditions { get; init; }

    /// <summary>The mark written in this pass.</summary>
    public CreationMark? Marked { get; init; }

    /// <summary>Timestamp of when that was begun.</summary>
    public long MarkedAt { get; init; }

    public NamespaceLook? Namespace { get; init; }

    public CredentialResult? Credentials { get; init; }

    /// <summary>How long ago the namespace last had credentials of its own, as far as this process saw.</summary>
    public TimeSpan? SinceOwnCredentials { get; init; }

    public AccountLook? Account { get; init; }

    /// <summary>Whether the shared list shows the recorded add-on under the name it shall have.</summary>
    public bool? IsListed { get; init; }

    /// <summary>Whether the shared list shows any add-on for this uid.</summary>
    public bool? IsNameListed { get; init; }

    /// <summary>Whether the namespace has a credentials Secret that the watch did not show.</summary>
    public bool? HasUnseenCredentials { get; init; }

    /// <summary>True when the namespace has credentials under a name that nobody reads.</summary>
    public bool HasMisnamedCredentials { get; init; }

    public SecretState? Secret { get; init; }

    /// <summary>Checksum of the environment that the connection Secret was last written with; null when it bears none.</summary>
    public string? SecretChecksum { get; init; }

    /// <summary>True when the add-on's environment was not read for so long that it may be another.</summary>
    public bool IsEnvironmentDue { get; init; }

    /// <summary>Whether the cluster takes the connection Secret, as far as a dry run can tell.</summary>
    public SecretTrialResult? SecretTrial { get; init; }

    /// <summary>Whether the Secret of the connection Secret's name is not the resource's.</summary>
    public bool IsSecretTaken => Secret is SecretState.Foreign
        || (Secret is SecretState.Left && (DueChecksum is not { } due || due != SecretChecksum));

    /// <summary>Checksum the connection Secret should bear; null while the environment is not known.</summary>
    public string? DueChecksum => Environment is { } environment && Spec is { } spec
        ? ConnectionSecret.Checksum(SecretContent.Of(Kind, spec.Secret, environment).Entries)
        : null;

    public Finding? Addon { get; init; }

    public ClaimVerdict? Claim { get; init; }

    /// <summary>What a look for the add-on to take over showed.</summary>
    public Adoptee? Adoptee { get; init; }

    /// <summary>The add-on to take over; null when none is named.</summary>
    public Adoption? Adoption => Spec?.Adoption ?? Steering.Adoption;

    /// <summary>True when the add-on is not the resource's own creation: its owner says so, or the status does.</summary>
    public bool IsAdopted => HasAdoption || Recorded.AdoptedName is not null;

    /// <summary>True when the resource names an add-on to take over, even where the rest of its spec cannot be read.</summary>
    public bool HasAdoption { get; init; }

    public Resolution? Catalogue { get; init; }

    /// <summary>The add-on's environment.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public DetailLook? Detail { get; init; }

    public VersionLook? Versions { get; init; }

    /// <summary>The add-on's migrations, live.</summary>
    public IReadOnlyList<CleverMigration>? Migrations { get; init; }

    /// <summary>The last change that was asked for; null when none is known.</summary>
    public Migration? Migration => Memory.Migration ?? Recorded.Migration;

    /// <summary>What the spec asked for, in its own words, when the add-on was last as asked; null when it never was.</summary>
    public MigrationTarget? Applied => Memory.Applied ?? Recorded.Applied;

    /// <summary>Variables the add-on has now, of kinds that write them.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>What becomes of the cluster's definition of the kind.</summary>
    public DefinitionState? Definition { get; init; }

    /// <summary>Whether the deletion fits among those of late.</summary>
    public bool HasRoomToDelete { get; init; } = true;

    /// <summary>When there is room again.</summary>
    public TimeSpan UntilRoomToDelete { get; init; }

    /// <summary>Whether a live read shows the resource as this observation has it.</summary>
    public bool? IsAsShown { get; init; }

    /// <summary>What an act of this pass failed by; null when none did.</summary>
    public Problem? Failure { get; init; }

    public bool IsLeaving => Resource.DeletionTimestamp is not null;

    /// <summary>True while nothing is to be done for it.</summary>
    public bool IsPaused => Rules.IsPaused || Steering.IsPaused || Namespace?.Steering.IsPaused == true;

    public bool HasFinalizer => Resource.Finalizers.Contains(Kind.Finalizer);

    /// <summary>The name the add-on shall have.</summary>
    public string AddonName => Owner.NameFor(Kind, Resource);

    /// <summary>Name of the connection Secret; null while the spec cannot be read, or wants none.</summary>
    public string? SecretName => Spec is not { Secret.IsEnabled: true } ? null : Spec.Secret.Name ?? Steering.SecretName ?? ConnectionSecret.NameOf(Resource, Spec);

    /// <summary>Id of the add-on this resource was last known to have; null when none is recorded, or the record is certainly wrong.</summary>
    public string? KnownAddon => Memory.Addon ?? (Addon is { IsHintDisproved: true } ? null : Recorded.Addon);

    /// <summary>The mark that was written on this very resource; a copied or restored resource carries a foreign one.</summary>
    public CreationMark? OwnMark => Recorded.Mark is { } mark && mark.Uid == Resource.Uid ? mark : null;

    // Whoever replaces a resource takes the mark away, and perhaps the finalizer: what the status says, and we remember, counts as well.
    /// <summary>True when somebody, at some time, began to create an add-on for it.</summary>
    public bool IsBegun => HasFinalizer || Memory.IsOpen || Recorded.IsUnconfirmed;

    /// <summary>True when only the namespace's own credentials may serve it.</summary>
    public bool NeedsOwnCredentials => Rules.RequiresNamespaceCredentials || Namespace?.Steering.RequiresNamespaceCredentials == true;

    /// <summary>True when the credentials are not the namespace's own.</summary>
    public bool UsesOthersCredentials => Credentials?.Resolved?.Source != CredentialSource.Namespace;

    /// <summary>True once it is certain that no credentials of the namespace come before these: a live look, begun after the resource was seen, found none.</summary>
    public bool MayUseCredentials => !UsesOthersCredentials || HasUnseenCredentials == false;

    /// <summary>
    /// True when that look comes before the mark, not beside it: a mark was voided already, or the catalogue of these credentials lacks
    /// what the namespace's own may have.
    /// </summary>
    public bool LooksForCredentialsFirst => UsesOthersCredentials && HasUnseenCredentials is null && (OwnMark is not null || Catalogue is { Addon: null });

    /// <summary>True while somebody allows any number of deletions in the namespace, for an hour at most.</summary>
    public bool AllowsDeletions => Namespace?.Steering.AllowDeletionsUntil is { } until && until > Now && until - Now <= TimeSpan.FromHours(1);

    /// <summary>What holds at the end of the add-on: resource, then namespace, cluster and operator.</summary>
    public AddonPolicies Policies =>
        SpecPolicies.Or(Steering.Policies).Or(IsAdopted ? AddonPolicies.OfAdopted : AddonPolicies.None).Or(Namespace?.Steering.Policies ?? AddonPolicies.None).Or(Rules.Policies);

    /// <summary>What a deletion of the resource would do, as the status says it.</summary>
    public string OnDeletion => Steering.Releases ? nameof(DeletionPolicy.Retain)
        : Policies.Protection == true ? "Wait"
        : (Policies.KeepsAddon ? DeletionPolicy.Retain : DeletionPolicy.Delete).ToString();
}

/// <summary>What can be looked at once more is known to depend on it. Each costs a request at most.</summary>
internal enum Fact
{
    Namespace,
    LiveNamespace,
    Credentials,
    Account,
    Listed,
    NameListed,
    UnseenCredentials,
    Secret,
    SecretTrial,
    Addon,
    Claim,
    Adoptee,
    Catalogue,
    Variables,
    Environment,
    Detail,
    Versions,
    Migrations,
    Definition,
    AsShown,
}
