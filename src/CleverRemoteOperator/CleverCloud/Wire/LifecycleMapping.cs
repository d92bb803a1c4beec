using System.Globalization;
using System.Text.Json;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.CleverCloud.Wire;

/// <summary>Turns what travelled of an add-on's life into models; <see cref="JsonException"/> where what identifies a thing is missing.</summary>
internal static class LifecycleMapping
{
    private const string StepDone = "OK";

    public static CleverMigration ToModel(this WireMigration migration)
    {
        var steps = WireMapping.Present(migration.Steps).ToList();
        return new CleverMigration(
            WireMapping.Text(migration.MigrationId) ?? throw new JsonException("a migration has no ID"),
            Status(migration.Status),
            migration.Status ?? "",
            (steps.FirstOrDefault(step => step.Status != StepDone) ?? steps.LastOrDefault())?.Value,
            migration.RequestDate);
    }

    public static CleverAddonDetail ToModel(this WireDetail detail) => new()
    {
        Status = detail.Status,
        Version = detail.Version,
        Plan = detail.Plan,
        Host = detail.Host,
        Port = int.TryParse(detail.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue ? port : null,
        AccessUrl = detail.AccessUrl,
        AvailableVersions = [.. Items(detail.AvailableVersions).Select(JsonText.Text).OfType<string>()],
        Features = Items(detail.Features)
            .Select(feature => (Name: feature.Text("name"), Enabled: Member(feature, "enabled") is { ValueKind: JsonValueKind.True }))
            .Where(feature => feature.Name is not null)
            .DistinctBy(feature => feature.Name)
            .ToDictionary(feature => feature.Name!, feature => feature.Enabled, StringComparer.Ordinal),
        Resources = (detail.Resources is { ValueKind: JsonValueKind.Object } resources ? resources.EnumerateObject().AsEnumerable() : [])
            .Where(resource => resource.Value.ValueKind == JsonValueKind.String)
            .DistinctBy(resource => resource.Name)
            .ToDictionary(resource => resource.Name, resource => resource.Value.GetString()!, StringComparer.Ordinal),
        ReadOnlyUsers = [.. Items(detail.ReadOnlyUsers).Select(user => user.Text("user")).OfType<string>()],
    };

    public static CleverVersionCheck ToModel(this WireVersionCheck check) =>
        new(check.Installed, WireMapping.Texts(check.Available), check.Latest, check.NeedUpdate ?? false);

    public static CleverBackup ToModel(this WireBackup backup) =>
        new(backup.BackupId ?? "", backup.Status, backup.CreationDate, backup.DeleteAt);

    private static MigrationStatus Status(string? text) => text switch
    {
        "RUNNING" => MigrationStatus.Running,
        "OK" => MigrationStatus.Done,
        "FAILED" => MigrationStatus.Failed,
        "ABORTED" => MigrationStatus.Aborted,
        "RECOVERING" => MigrationStatus.Recovering,
        "RECOVERED" => MigrationStatus.Recovered,
        _ => MigrationStatus.Unknown,
    };

    private static IEnumerable<JsonElement> Items(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}
