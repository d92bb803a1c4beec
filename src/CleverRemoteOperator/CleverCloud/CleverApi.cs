using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.CleverCloud.Wire;

namespace CleverRemoteOperator.CleverCloud;

/// <summary>The calls themselves: path, body, what the answer becomes, and what is kept of it.</summary>
internal sealed partial class CleverApi : ICleverApi
{
    private const string Addons = "/v2/organisations/{organisation}/addons";
    private const string OneAddon = Addons + "/{addon}";
    private const string Variables = "/v4/addon-providers/config-provider/addons/{addon}/env";
    private const string Providers = "/v2/products/addonproviders";
    private const int KeptAnswers = 64;
    private const int ListLimit = 32 * 1024 * 1024; // some 10 000 add-ons
    private static readonly TimeSpan NoVersionsLife = TimeSpan.FromMinutes(1);

    private static readonly AnswerReader<CleverAddon> ReadAddon = AnswerReaders.Json(WireJson.Default.WireAddon, WireMapping.ToModel);

    private static readonly AnswerReader<IReadOnlyDictionary<string, string>> ReadVariables =
        AnswerReaders.Json(WireJson.Default.ListWireVariable, variables => variables.ToModel());

    private readonly CleverConnection _connection;
    private readonly SharedAnswer<string?> _account;
    private readonly SharedAnswers<CleverCatalogue> _catalogues;
    private readonly SharedAnswer<IReadOnlyList<CleverProvider>> _publicProviders;
    private readonly SharedAnswers<CleverProviderVersions?> _versions;
    private readonly SharedAnswers<CleverPrices> _prices;
    private readonly SharedAnswers<CleverPrices> _publicPrices;

    public CleverApi(CleverConnection connection, CleverApiOptions options, TimeProvider time)
    {
        _connection = connection;
        _account = new(AskAccountAsync, account => account is null ? options.CatalogueLife : null, time);
        _catalogues = new(KeptAnswers, AskCatalogueAsync, _ => options.CatalogueLife, time);
        _publicProviders = new(() => AskProvidersAsync(CleverRequest.To(HttpMethod.Get, Providers) with { IsPublic = true }), _ => options.CatalogueLife, time);
        _versions = new(KeptAnswers, AskVersionsAsync, versions => versions is null ? NoVersionsLife : options.CatalogueLife, time);
        _prices = new(KeptAnswers, AskPricesAsync, _ => PriceLife, time);
        _publicPrices = new(KeptAnswers, AskPublicPricesAsync, _ => PriceLife, time);
    }

    public Task<string?> GetAccountIdAsync(CancellationToken token) => _account.GetAsync(token);

    public Task<CleverCatalogue> GetProvidersAsync(string organisation, CancellationToken token) => _catalogues.GetAsync(organisation, token);

    public Task<CleverProviderVersions?> GetVersionsAsync(string providerId, CancellationToken token) => _versions.GetAsync(providerId, token);

    public Task<IReadOnlyList<CleverAddon>> ListAddonsAsync(string organisation, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Get, Addons, organisation) with { AnswerLimit = ListLimit },
            AnswerReaders.List(WireJson.Default.ListWireAddon, WireMapping.ToModel),
            token);

    public async Task<CleverAddon?> FindAddonAsync(string organisation, string addonId, CancellationToken token) =>
        CleverRequest.IsId(addonId)
            ? await FoundAsync(CleverRequest.To(HttpMethod.Get, OneAddon, organisation, addonId), ReadAddon, token)
            : null;

    public Task<CleverAddon> CreateAddonAsync(string organisation, CleverAddonRequest request, Func<bool> mayLeave, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Post, Addons, organisation) with
            {
                MayLeave = mayLeave,
                Body = Body(
                    new WireCreation(request.Name, request.Region, request.ProviderId, request.Plan, request.Options),
                    WireJson.Default.WireCreation),
            },
            ReadAddon,
            token);

    public Task<CleverAddon> RenameAddonAsync(string organisation, string addonId, string name, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Put, OneAddon, organisation, addonId) with { Body = Body(new WireName(name), WireJson.Default.WireName) },
            ReadAddon,
            token);

    public Task<bool> DeleteAddonAsync(string organisation, string addonId, CancellationToken token) =>
        FoundAsync(CleverRequest.To(HttpMethod.Delete, OneAddon, organisation, addonId), AnswerReaders.Ignore, token);

    public Task<IReadOnlyDictionary<string, string>> GetEnvironmentAsync(
        string organisation, string addonId, CancellationToken token) =>
        _connection.SendAsync(CleverRequest.To(HttpMethod.Get, OneAddon + "/env", organisation, addonId), ReadVariables, token);

    public Task<IReadOnlyDictionary<string, string>> GetVariablesAsync(string realId, CancellationToken token) =>
        _connection.SendAsync(CleverRequest.To(HttpMethod.Get, Variables, realId), ReadVariables, token);

    public Task SetVariablesAsync(string realId, IReadOnlyDictionary<string, string> variables, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Put, Variables, realId) with
            {
                Body = Body(
                    [.. variables.Select(variable => new WireVariable(variable.Key, variable.Value))], WireJson.Default.ListWireVariable),
                Secrets = [.. variables.Values],
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
                AnswerReaders.Json(WireJson.Default.WireSelf, self => self.Id ?? throw new JsonException("the account has no ID")),
                CancellationToken.None);
        }
        catch (CleverApiException failure) when (failure.Kind == CleverFailureKind.Forbidden)
        {
            return null;
        }
    }

    // A token may be good for an organisation's add-ons and not for its catalogue; the public one is better than none.
    private async Task<CleverCatalogue> AskCatalogueAsync(string organisation)
    {
        if (!CleverRequest.IsId(organisation))
        {
            return new CleverCatalogue(await _publicProviders.GetAsync(CancellationToken.None), "it is not an organisation ID");
        }

        try
        {
            return new CleverCatalogue(await AskProvidersAsync(CleverRequest.To(HttpMethod.Get, Providers).With("orgaId", organisation)), null);
        }
        catch (CleverApiException failure) when (IsNotToldToUs(failure))
        {
            return new CleverCatalogue(await _publicProviders.GetAsync(CancellationToken.None), failure.Message);
        }
    }

    private Task<IReadOnlyList<CleverProvider>> AskProvidersAsync(CleverRequest request) => _connection.SendAsync(
        request,
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
            failure is { Status: not null, Kind: not (CleverFailureKind.RateLimited or CleverFailureKind.Unauthorized) })
        {
            return null;
        }
    }

    /// <summary>What the request gives; the default of <typeparamref name="T"/> when the API says that what it asks about does not exist (404).</summary>
    private async Task<T?> FoundAsync<T>(CleverRequest request, AnswerReader<T> read, CancellationToken token)
    {
        try
        {
            return await _connection.SendAsync(request, read, token);
        }
        catch (CleverApiException failure) when (failure.IsNotFound)
        {
            return default;
        }
    }

    private static byte[] Body<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
