namespace CleverRemoteOperator.CleverCloud;

/// <content>What may be done to an add-on while it lives, and what is told of it.</content>
internal partial interface ICleverApi
{
    /// <summary>The migrations of the add-on, live, in the API's order.</summary>
    Task<IReadOnlyList<CleverMigration>> ListMigrationsAsync(string organisation, string addonId, CancellationToken token);

    /// <summary>The migration, live; null when the API says that it or its add-on does not exist (404) or the text can be no id.</summary>
    Task<CleverMigration?> FindMigrationAsync(string organisation, string addonId, string migrationId, CancellationToken token);

    /// <summary>Begins a migration. Never retried: after <see cref="CleverApiException.IsOutcomeUnknown"/>, and after a cancellation, it may run.</summary>
    /// <param name="mayLeave">Asked at the very moment the request would leave; when false it does not, and its outcome counts as unknown.</param>
    Task<CleverMigration> StartMigrationAsync(
        string organisation, string addonId, CleverMigrationRequest request, Func<bool> mayLeave, CancellationToken token);

    /// <summary>Asks for a migration to be stopped; false when it did not exist (404). Read it to know what became of it.</summary>
    Task<bool> AbortMigrationAsync(string organisation, string addonId, string migrationId, CancellationToken token);

    /// <summary>What the add-on's provider tells of it, live; null when it tells nothing or does not know it (404).</summary>
    Task<CleverAddonDetail?> FindDetailAsync(string organisation, CleverAddon addon, CancellationToken token);

    /// <summary>Which versions the add-on could be updated to; null when its provider updates none, or does not know it (404).</summary>
    Task<CleverVersionCheck?> CheckVersionAsync(CleverAddon addon, CancellationToken token);

    /// <summary>Updates Keycloak, Metabase or Otoroshi. Never retried, as a creation is not; another provider's add-on is refused unsent.</summary>
    /// <param name="mayLeave">Asked at the very moment the request would leave; when false it does not, and its outcome counts as unknown.</param>
    Task UpdateVersionAsync(CleverAddon addon, string version, Func<bool> mayLeave, CancellationToken token);

    /// <summary>The add-on's tags.</summary>
    Task<IReadOnlyList<string>> GetTagsAsync(string organisation, string addonId, CancellationToken token);

    /// <summary>Replaces all tags of the add-on; the tags it has then.</summary>
    Task<IReadOnlyList<string>> SetTagsAsync(string organisation, string addonId, IReadOnlyList<string> tags, CancellationToken token);

    /// <summary>Gives the add-on one more tag, of letters, digits, _ and -; the tags it has then.</summary>
    Task<IReadOnlyList<string>> AddTagAsync(string organisation, string addonId, string tag, CancellationToken token);

    /// <summary>Takes a tag away from the add-on; the tags it has then.</summary>
    Task<IReadOnlyList<string>> RemoveTagAsync(string organisation, string addonId, string tag, CancellationToken token);

    /// <summary>The backups there are, by real id; none when the API knows of none (404).</summary>
    Task<IReadOnlyList<CleverBackup>> ListBackupsAsync(string organisation, string realId, CancellationToken token);
}
