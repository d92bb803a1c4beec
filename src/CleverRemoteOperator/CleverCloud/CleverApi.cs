using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CleverRemoteOperator.CleverCloud.Wire;

namespace CleverRemoteOperator.CleverCloud;

/// <summary>The calls themselves: path, body, what the answer becomes, and what is kept of it.</summary>
internal sealed class CleverApi : ICleverApi
{
    private const string Addons = "/v2/organisations/{organisation}/addons";
    private const string OneAddon = Addons + "/{addon}";
    private const string Variables = "/v4/addon-providers/config-provider/addons/{addon}/env";
    private const int ListLimit = 32 * 1024 * 1024; // some 10 000 add-ons
    private static readonly TimeSpan NoVersionsLife = TimeSpan.FromMinutes(1);

    private static readonly AnswerReader<IReadOnlyDictionary<string, string>> ReadVariables =
        AnswerReaders.Json(WireJson.Default.ListWireVariable, variables => variables.ToModel());

    private readonly CleverConnection _connection;
    private readonly CleverApiOptions _options;
    private readonly TimeProvider _time;
    private readonly SharedAnswer<string?> _account;
    private readonly SharedAnswer<IReadOnlyList<CleverProvider>> _providers;
    private readonly ConcurrentDictionary<string, SharedAnswer<CleverProviderVersions?>> _versions = new(StringComparer.Ordinal);

    public CleverApi(CleverConnection connection, CleverApiOptions options, TimeProvider time)
    {
        (_connection, _options, _time) = (connection, options, time);
        _account = new(AskAccountAsync, account => account is null ? options.CatalogueLife : null, time);
        _providers = new(AskProvidersAsync, _ => options.CatalogueLife, time);
    }

    public Task<string?> GetAccountIdAsync(CancellationToken token) => _account.GetAsync(token);

    public Task<IReadOnlyList<CleverProvider>> GetProvidersAsync(CancellationToken token) => _providers.GetAsync(token);

    public Task<CleverProviderVersions?> GetVersionsAsync(string providerId, CancellationToken token) =>
        _versions.GetOrAdd(providerId, id => new(
            () => AskVersionsAsync(id), versions => versions is null ? NoVersionsLife : _options.CatalogueLife, _time)).GetAsync(token);

    public Task<IReadOnlyList<CleverAddon>> ListAddonsAsync(string organisation, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Get, Addons, organisation) with { AnswerLimit = ListLimit },
            AnswerReaders.Json<List<WireAddon?>, IReadOnlyList<CleverAddon>>(
                WireJson.Default.ListWireAddon, addons => [.. WireMapping.Present(addons).Select(WireMapping.ToModel)]),
            token);

    public async Task<CleverAddon?> FindAddonAsync(string organisation, string addonId, CancellationToken token)
    {
        if (!CleverRequest.IsId(addonId))
        {
            return null;
        }

        try
        {
            return await _connection.SendAsync(
                CleverRequest.To(HttpMethod.Get, OneAddon, organisation, addonId),
                AnswerReaders.Json(WireJson.Default.WireAddon, WireMapping.ToModel),
                token);
        }
        catch (CleverApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    public Task<CleverAddon> CreateAddonAsync(string organisation, CleverAddonRequest request, Func<bool> mayLeave, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Post, Addons, organisation) with
            {
                MayLeave = mayLeave,
                Body = Body(
                    new WireCreation(request.Name, request.Region, request.ProviderId, request.Plan, request.Options),
                    WireJson.Default.WireCreation),
            },
            AnswerReaders.Json(WireJson.Default.WireAddon, WireMapping.ToModel),
            token);

    public async Task<bool> DeleteAddonAsync(string organisation, string addonId, CancellationToken token)
    {
        try
        {
            return await _connection.SendAsync(
                CleverRequest.To(HttpMethod.Delete, OneAddon, organisation, addonId), AnswerReaders.Ignore, token);
        }
        catch (CleverApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    public Task<IReadOnlyDictionary<string, string>> GetEnvironmentAsync(
        string organisation, string addonId, CancellationToken token) =>
        _connection.SendAsync(CleverRequest.To(HttpMethod.Get, OneAddon + "/env", organisation, addonId), ReadVariables, token);

    public Task<IReadOnlyDictionary<string, string>> GetVariablesAsync(string realId, CancellationToken token) =>
        _connection.SendAsync(CleverRequest.To(HttpMethod.Get, Variables, realId), ReadVariables, token);

    public Task SetVariablesAsync(string realId, IReadOnlyDictionary<string, string> variables, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Put, Variables, realId) with
            {
                // Shorter ones are ordinary words.
                Secrets = [.. variables.Values.Where(value => value.Length >= 8)],
                Body = Body(
                    [.. variables.Select(variable => new WireVariable(variable.Key, variable.Value))], WireJson.Default.ListWireVariable),
            },
            AnswerReaders.Ignore,
            token);

    // A token may be good for add-ons and not for what is said of a person.
    private async Task<string?> AskAccountAsync()
    {
        try
        {
            return await _connection.SendAsync(
                CleverRequest.To(HttpMethod.Get, "/v2/self"),
                AnswerReaders.Json(WireJson.Default.WireSelf, self => self.Id ?? throw new JsonException("The account has no id.")),
                CancellationToken.None);
        }
        catch (CleverApiException failure) when (failure is { IsRateLimit: false, Status: HttpStatusCode.Forbidden })
        {
            return null;
        }
    }

    private Task<IReadOnlyList<CleverProvider>> AskProvidersAsync() => _connection.SendAsync(
        CleverRequest.To(HttpMethod.Get, "/v2/products/addonproviders"),
        AnswerReaders.Json<List<WireProvider?>, IReadOnlyList<CleverProvider>>(
            WireJson.Default.ListWireProvider,
            providers => [.. WireMapping.Present(WireMapping.Present(providers).Select(WireMapping.ToModel))]),
        CancellationToken.None);

    /// <summary>A provider that does not say its versions is no trouble of a resource; no answer at all is, and so are bad credentials.</summary>
    private async Task<CleverProviderVersions?> AskVersionsAsync(string providerId)
    {
        try
        {
            return await _connection.SendAsync(
                CleverRequest.To(HttpMethod.Get, "/v4/addon-providers/{provider}", providerId),
                AnswerReaders.Json<WireProviderInfos, CleverProviderVersions?>(WireJson.Default.WireProviderInfos, infos => infos.ToModel()),
                CancellationToken.None);
        }
        catch (CleverApiException failure) when (
            failure is { IsRateLimit: false, Status: not null and not HttpStatusCode.Unauthorized })
        {
            return null;
        }
    }

    private static byte[] Body<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
