using System.Net;
using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <content>Changes of add-ons that live: migrations of the redis kind, updates of Keycloak's version.</content>
internal sealed partial class FakeCleverApi
{
    /// <summary>The migrations of all add-ons, oldest first.</summary>
    public List<CleverMigration> Migrations { get; } = [];

    /// <summary>What each migration asked for.</summary>
    public Dictionary<string, CleverMigrationRequest> MigrationRequests { get; } = [];

    /// <summary>How the next migration is answered; null = well. It runs when its outcome is unknown and <see cref="LostCreateTakesEffect"/>.</summary>
    public CleverApiException? NextMigrationFailure { get; set; }

    /// <summary>Version each add-on runs; 7.2.4 for any other.</summary>
    public Dictionary<string, string> Versions { get; } = [];

    /// <summary>What the provider tells of every add-on.</summary>
    public CleverAddonDetail? Detail { get; set; } = new();

    /// <summary>The API ends the last migration as it likes.</summary>
    public void EndMigration(MigrationStatus status, string text)
    {
        var migration = Migrations[^1] = Migrations[^1] with { Status = status, StatusText = text };
        if (status == MigrationStatus.Done)
        {
            var request = MigrationRequests[migration.Id];
            Addons[^1] = Addons[^1] with { Region = request.Region, Plan = request.PlanId == LargerPlan.Id ? LargerPlan : Plan };
            Versions[Addons[^1].Id] = request.Version ?? "7.2.4";
        }
    }

    /// <summary>Somebody moves the last add-on to the larger plan at Clever Cloud.</summary>
    public void Enlarge() => Addons[^1] = Addons[^1] with { Plan = LargerPlan };

    public Task<IReadOnlyList<CleverMigration>> ListMigrationsAsync(string organisation, string addonId, CancellationToken token) =>
        steps.RunAsync<IReadOnlyList<CleverMigration>>("migrations", () => [.. Migrations]);

    public Task<CleverMigration?> FindMigrationAsync(string organisation, string addonId, string migrationId, CancellationToken token) =>
        steps.RunAsync("migration", () => Migrations.FirstOrDefault(migration => migration.Id == migrationId));

    public Task<CleverMigration> StartMigrationAsync(
        string organisation, string addonId, CleverMigrationRequest request, Func<bool> mayLeave, CancellationToken token) => steps.RunAsync("migrate", () =>
    {
        var failure = mayLeave() ? NextMigrationFailure : new CleverApiException("too late", CleverFailureKind.Expired) { IsOutcomeUnknown = true };
        NextMigrationFailure = null;
        if (failure is not null && !(failure.IsOutcomeUnknown && LostCreateTakesEffect))
        {
            throw failure;
        }

        if (Migrations.Any(migration => !migration.IsOver))
        {
            throw new CleverApiException("A migration is already running for this addon.", HttpStatusCode.BadRequest, null);
        }

        var id = $"migration_{Migrations.Count + 1}";
        MigrationRequests[id] = request;
        Migrations.Add(new CleverMigration(id, MigrationStatus.Running, "RUNNING", "RETRIEVE_ADDON", DateTimeOffset.UnixEpoch.AddMinutes(Migrations.Count)));
        return failure is null ? Migrations[^1] : throw failure;
    });

    public Task<bool> AbortMigrationAsync(string organisation, string addonId, string migrationId, CancellationToken token) => steps.RunAsync("abort", () =>
    {
        EndMigration(MigrationStatus.Aborted, "ABORTED");
        return true;
    });

    public Task<CleverAddonDetail?> FindDetailAsync(string organisation, CleverAddon addon, CancellationToken token) => steps.RunAsync("detail", () => Detail);

    public Task<CleverVersionCheck?> CheckVersionAsync(CleverAddon addon, CancellationToken token) =>
        steps.RunAsync<CleverVersionCheck?>("version check", () => new(Versions.GetValueOrDefault(addon.Id, "7.2.4"), ["7.2.4", "8.0.2"], "8.0.2", true));

    public Task UpdateVersionAsync(CleverAddon addon, string version, Func<bool> mayLeave, CancellationToken token) =>
        steps.RunAsync("version update", () => Versions[addon.Id] = version);
}
