using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.CleverCloud.Wire;

namespace CleverRemoteOperator.CleverCloud;

/// <content>What may be done to an add-on while it lives, and what is told of it.</content>
internal sealed partial class CleverApi
{
    private const string Migrations = OneAddon + "/migrations";
    private const string OneMigration = Migrations + "/{migration}";
    private const string Tags = OneAddon + "/tags";

    private static readonly AnswerReader<CleverMigration> ReadMigration =
        AnswerReaders.Json(WireJson.Default.WireMigration, LifecycleMapping.ToModel);

    private static readonly AnswerReader<IReadOnlyList<string>> ReadTags =
        AnswerReaders.Json<List<string?>, IReadOnlyList<string>>(WireJson.Default.ListString, WireMapping.Texts);

    public Task<IReadOnlyList<CleverMigration>> ListMigrationsAsync(string organisation, string addonId, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Get, Migrations, organisation, addonId),
            AnswerReaders.List(WireJson.Default.ListWireMigration, LifecycleMapping.ToModel),
            token);

    public async Task<CleverMigration?> FindMigrationAsync(string organisation, string addonId, string migrationId, CancellationToken token) =>
        CleverRequest.IsId(migrationId)
            ? await FoundAsync(CleverRequest.To(HttpMethod.Get, OneMigration, organisation, addonId, migrationId), ReadMigration, token)
            : null;

    public Task<CleverMigration> StartMigrationAsync(
        string organisation, string addonId, CleverMigrationRequest request, Func<bool> mayLeave, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Post, Migrations, organisation, addonId) with
            {
                MayLeave = mayLeave,
                Body = Body(new WireMigrationRequest(request.PlanId, request.Region, request.Version), WireJson.Default.WireMigrationRequest),
            },
            ReadMigration,
            token);

    public Task<bool> AbortMigrationAsync(string organisation, string addonId, string migrationId, CancellationToken token) =>
        FoundAsync(CleverRequest.To(HttpMethod.Delete, OneMigration, organisation, addonId, migrationId), AnswerReaders.Ignore, token);

    public async Task<CleverAddonDetail?> FindDetailAsync(string organisation, CleverAddon addon, CancellationToken token) =>
        DetailRoute.Detail(organisation, addon) is { } request
            ? await FoundAsync(request, AnswerReaders.Json(WireJson.Default.WireDetail, LifecycleMapping.ToModel), token)
            : null;

    public async Task<CleverVersionCheck?> CheckVersionAsync(CleverAddon addon, CancellationToken token) =>
        DetailRoute.Version(HttpMethod.Get, addon, "check") is { } request
            ? await FoundAsync(request, AnswerReaders.Json(WireJson.Default.WireVersionCheck, LifecycleMapping.ToModel), token)
            : null;

    public Task UpdateVersionAsync(CleverAddon addon, string version, Func<bool> mayLeave, CancellationToken token) =>
        DetailRoute.Version(HttpMethod.Post, addon, "update") is { } request
            ? _connection.SendAsync(
                request with { MayLeave = mayLeave, Body = Body(new WireVersionUpdate(version), WireJson.Default.WireVersionUpdate) }, AnswerReaders.Ignore, token)
            : throw new CleverApiException($"{addon.ProviderId} add-ons have no version to update to", CleverFailureKind.InvalidRequest);

    public Task<IReadOnlyList<string>> GetTagsAsync(string organisation, string addonId, CancellationToken token) =>
        _connection.SendAsync(CleverRequest.To(HttpMethod.Get, Tags, organisation, addonId), ReadTags, token);

    public Task<IReadOnlyList<string>> SetTagsAsync(string organisation, string addonId, IReadOnlyList<string> tags, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Put, Tags, organisation, addonId) with { Body = Body([.. tags], WireJson.Default.ListString) }, ReadTags, token);

    public Task<IReadOnlyList<string>> AddTagAsync(string organisation, string addonId, string tag, CancellationToken token) =>
        _connection.SendAsync(CleverRequest.To(HttpMethod.Put, Tags + "/{tag}", organisation, addonId, tag), ReadTags, token);

    public Task<IReadOnlyList<string>> RemoveTagAsync(string organisation, string addonId, string tag, CancellationToken token) =>
        _connection.SendAsync(CleverRequest.To(HttpMethod.Delete, Tags + "/{tag}", organisation, addonId, tag), ReadTags, token);

    public async Task<IReadOnlyList<CleverBackup>> ListBackupsAsync(string organisation, string realId, CancellationToken token) =>
        await FoundAsync(
            CleverRequest.To(HttpMethod.Get, "/v2/backups/{organisation}/{addon}", organisation, realId),
            AnswerReaders.List(WireJson.Default.ListWireBackup, LifecycleMapping.ToModel),
            token) ?? [];
}
