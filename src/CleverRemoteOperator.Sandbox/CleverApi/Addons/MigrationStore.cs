using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Control;
using CleverRemoteOperator.Sandbox.CleverApi.State;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>The migrations of add-ons: one at a time each, done after the configured duration.</summary>
internal sealed class MigrationStore(SandboxState state, AddonStore addons, SandboxClock clock, Identifiers identifiers)
{
    /// <summary>How migrations that begin from now on end: <c>OK</c> (the default), <c>FAILED</c> or <c>RECOVERED</c>.</summary>
    public string Outcome { get; set; } = Migration.Done;

    /// <summary>The migrations of all add-ons, newest first.</summary>
    public IEnumerable<Migration> All => state.Current.Migrations.Values.OrderByDescending(migration => migration.RequestedAt);

    /// <summary>The add-on's migrations, newest first.</summary>
    public IEnumerable<Migration> Of(Addon addon) => All.Where(migration => migration.AddonId == addon.Id);

    /// <exception cref="ApiError">404 when the add-on has no such migration.</exception>
    public Migration Require(Addon addon, string id) => Of(addon).FirstOrDefault(migration => migration.Id == id)
        ?? throw Missing;

    /// <summary>Starts what <c>{planId, region, version}</c> asks for; what is left out stays as it is.</summary>
    /// <exception cref="ApiError">400 for what is not offered, a downgrade, a service not ready, or a second migration.</exception>
    public Migration Start(Addon addon, JsonObject body)
    {
        var provider = addons.ProviderOf(addon);
        var plan = AddonRequest.FindPlan(provider, body.Text("planId") ?? addon.PlanId);
        var region = body.Text("region") ?? addon.Region;
        AddonRequest.CheckRegion(provider, plan, region);
        var version = AddonRequest.ChooseVersion(provider, plan, region, body.Text("version") ?? addon.Version);
        if (IsDowngrade(addon.Version, version))
        {
            throw ApiError.V2(400, SyntheticId.InvalidMigration, $"Version {addon.Version} cannot be downgraded to {version}.");
        }

        if (!addons.IsProvisioned(addon))
        {
            throw ApiError.V2(400, SyntheticId.InvalidMigration, "This addon is not ready yet.");
        }

        var now = clock.Now;
        var migration = new Migration(
            "migration_" + identifiers.Uuid(), addon.Id, plan.Id, region, version, identifiers.Uuid(), now, now + clock.Delays.Migration, Migration.Running, Outcome);
        state.Update(data => data.Migrations.Values.Any(other => other.AddonId == addon.Id && other.IsActive)
            ? throw ApiError.V2(400, SyntheticId.MigrationRunning, "A migration is already running for this addon.")
            : data with { Migrations = data.Migrations.Add(migration.Id, migration) });
        return migration;
    }

    /// <summary>Stops the migration if it still runs; the add-on stays as it was.</summary>
    public Migration Abort(Migration migration) => state.Update(data => data.Migrations[migration.Id].Status == Migration.Running
        ? data with { Migrations = data.Migrations.SetItem(migration.Id, migration with { Status = Migration.Aborted }) }
        : data).Migrations[migration.Id];

    /// <summary>Gives a migration the status, whatever it was; <c>OK</c> changes the add-on.</summary>
    /// <exception cref="ApiError">404 when there is no such migration.</exception>
    public Migration SetStatus(string id, string status) => state.Update(data =>
    {
        var migration = data.Migrations.GetValueOrDefault(id) ?? throw Missing;
        var changed = data with { Migrations = data.Migrations.SetItem(id, migration with { Status = status }) };
        return status == Migration.Done && migration.Status != Migration.Done && data.Addons.TryGetValue(migration.AddonId, out var addon)
            ? changed with { Addons = data.Addons.SetItem(addon.Id, migration.AppliedTo(addon)) }
            : changed;
    }).Migrations[id];

    private static ApiError Missing => ApiError.V2(404, SyntheticId.MigrationMissing, "This migration does not exist.");

    private static bool IsDowngrade(string? from, string? to) =>
        System.Version.TryParse(Dotted(from), out var old) && System.Version.TryParse(Dotted(to), out var wanted) && wanted < old;

    private static string Dotted(string? version) => version?.Contains('.', StringComparison.Ordinal) == false ? version + ".0" : version ?? "";
}
