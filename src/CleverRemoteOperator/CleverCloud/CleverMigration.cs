namespace CleverRemoteOperator.CleverCloud;

/// <summary>What a migration is to make of an add-on; all three are sent even when only one changes.</summary>
/// <param name="PlanId"><c>plan_…</c></param>
/// <param name="Version">As the API writes it; absent for a provider without versions.</param>
internal sealed record CleverMigrationRequest(string PlanId, string Region, string? Version);

/// <summary>A change of plan, region or version, under way or past.</summary>
/// <param name="StatusText">The status in the API's own word, for people.</param>
/// <param name="Step">The step it is at, or ended at, in the API's own word; absent before the first.</param>
internal sealed record CleverMigration(string Id, MigrationStatus Status, string StatusText, string? Step, DateTimeOffset? RequestedAt)
{
    /// <summary>True when it certainly runs no more. One in a status we do not know may run.</summary>
    public bool IsOver => Status is MigrationStatus.Done or MigrationStatus.Failed or MigrationStatus.Aborted or MigrationStatus.Recovered;
}

/// <summary>Where a migration is.</summary>
internal enum MigrationStatus
{
    /// <summary>A word we do not know.</summary>
    Unknown,

    /// <summary>The database may be read and not written.</summary>
    Running,

    /// <summary>The add-on is what was asked for, and all its access data are others.</summary>
    Done,

    /// <summary>The add-on is as it was.</summary>
    Failed,

    /// <summary>Somebody stopped it; the add-on is as it was.</summary>
    Aborted,

    /// <summary>It failed, and the add-on is being put back.</summary>
    Recovering,

    /// <summary>It failed, and the add-on is as it was again.</summary>
    Recovered,
}
