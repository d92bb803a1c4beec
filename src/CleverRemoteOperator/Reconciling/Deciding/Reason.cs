namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>Reasons of conditions and Events. <c>docs/resources.md</c> says what to do about each.</summary>
internal static class Reason
{
    public const string Available = "Available";
    public const string Created = "Created";
    public const string Found = "Found";
    public const string Published = "Published";
    public const string SecretDisabled = "SecretDisabled";
    public const string Migrating = "Migrating";
    public const string Drifted = "Drifted";
    public const string Migrated = "Migrated";
    public const string MigrationFailed = "MigrationFailed";
    public const string ChangeNotSupported = "ChangeNotSupported";
    public const string ChangeRejected = "ChangeRejected";
    public const string Paused = "Paused";
    public const string DryRun = "DryRun";
    public const string NotManaged = "NotManaged";
    public const string VersionNotAvailable = "VersionNotAvailable";
    public const string Deleted = "Deleted";
    public const string Released = "Released";
    public const string Retained = "Retained";

    public const string InvalidSpec = "InvalidSpec";
    public const string InvalidAnnotation = "InvalidAnnotation";
    public const string TooLarge = "TooLarge";
    public const string DuplicateUid = "DuplicateUid";
    public const string NamespaceCredentialsRequired = "NamespaceCredentialsRequired";
    public const string OrganisationNotAllowed = "OrganisationNotAllowed";
    public const string OrganisationChanged = "OrganisationChanged";
    public const string CredentialsIgnored = "CredentialsIgnored";
    public const string CredentialsChanged = "CredentialsChanged";
    public const string CleverApiUnavailable = "CleverApiUnavailable";
    public const string RateLimited = "RateLimited";
    public const string Unauthorized = "Unauthorized";
    public const string Forbidden = "Forbidden";
    public const string CreationRejected = "CreationRejected";
    public const string CreationUnconfirmed = "CreationUnconfirmed";
    public const string Adopting = "Adopting";
    public const string AdopteeMissing = "AdopteeMissing";
    public const string AdoptionConflict = "AdoptionConflict";
    public const string AdoptionNotAllowed = "AdoptionNotAllowed";
    public const string AdoptionUnsafe = "AdoptionUnsafe";
    public const string HandedOver = "HandedOver";
    public const string NameNotRestored = "NameNotRestored";
    public const string AdoptionRequired = "AdoptionRequired";
    public const string AddonMissing = "AddonMissing";
    public const string ListDoubted = "ListDoubted";
    public const string OwnershipMismatch = "OwnershipMismatch";
    public const string OwnershipDisputed = "OwnershipDisputed";
    public const string OwnershipPending = "OwnershipPending";
    public const string OwnedByAnotherCluster = "OwnedByAnotherCluster";
    public const string ClaimRejected = "ClaimRejected";
    public const string DuplicateAddons = "DuplicateAddons";
    public const string MissingRights = "MissingRights";
    public const string AdmissionDenied = "AdmissionDenied";
    public const string StatusRefused = "StatusRefused";
    public const string SecretConflict = "SecretConflict";
    public const string Restarted = "Restarted";
    public const string RestartFailed = "RestartFailed";
    public const string SecretLeft = "SecretLeft";
    public const string SecretInvalid = "SecretInvalid";
    public const string Deleting = "Deleting";
    public const string DeletionBlocked = "DeletionBlocked";
    public const string DeletionHeld = "DeletionHeld";
    public const string DeletionProtected = "DeletionProtected";
}
