using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverRemoteOperator.CleverCloud.Wire;

/// <summary>A migration, and its steps.</summary>
internal sealed record WireMigration(
    string? MigrationId,
    [property: JsonConverter(typeof(LooseTime))] DateTimeOffset? RequestDate,
    [property: JsonConverter(typeof(LooseText))] string? Status,
    List<WireStep?>? Steps);

/// <summary>A step of a migration.</summary>
internal sealed record WireStep(
    [property: JsonConverter(typeof(LooseText))] string? Value, [property: JsonConverter(typeof(LooseText))] string? Status);

/// <summary>Body of a migration; a version there is not travels as null.</summary>
internal sealed record WireMigrationRequest(string PlanId, string Region, string? Version);

/// <summary>A detail, of whichever provider: only what is read of one.</summary>
/// <param name="Features">An array of switches, or an object of something else.</param>
/// <param name="Resources">Ids by name.</param>
internal sealed record WireDetail(
    [property: JsonConverter(typeof(LooseText))] string? Status,
    [property: JsonConverter(typeof(LooseText))] string? Version,
    [property: JsonConverter(typeof(LooseText))] string? Plan,
    [property: JsonConverter(typeof(LooseText))] string? Host,
    [property: JsonConverter(typeof(LooseText))] string? Port,
    [property: JsonConverter(typeof(LooseText))] string? AccessUrl,
    JsonElement? AvailableVersions,
    JsonElement? Features,
    JsonElement? Resources,
    [property: JsonPropertyName("read_only_users")] JsonElement? ReadOnlyUsers);

/// <summary>Answer of a version check.</summary>
internal sealed record WireVersionCheck(
    [property: JsonConverter(typeof(LooseText))] string? Installed,
    List<string?>? Available,
    [property: JsonConverter(typeof(LooseText))] string? Latest,
    bool? NeedUpdate);

/// <summary>Body of a version update.</summary>
internal sealed record WireVersionUpdate(string TargetVersion);

/// <summary>A backup, without its address.</summary>
internal sealed record WireBackup(
    [property: JsonPropertyName("backup_id")] string? BackupId,
    [property: JsonConverter(typeof(LooseText))] string? Status,
    [property: JsonPropertyName("creation_date"), JsonConverter(typeof(LooseTime))] DateTimeOffset? CreationDate,
    [property: JsonPropertyName("delete_at"), JsonConverter(typeof(LooseTime))] DateTimeOffset? DeleteAt);
