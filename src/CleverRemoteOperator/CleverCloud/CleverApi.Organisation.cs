using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.CleverCloud.Wire;

namespace CleverRemoteOperator.CleverCloud;

/// <content>What belongs to an account or an organisation and to none of its add-ons.</content>
internal sealed partial class CleverApi
{
    private const string Webhooks = "/v2/notifications/webhooks/{organisation}";
    private const string Clusters = "/v4/kubernetes/organisations/{organisation}/clusters";
    private const string Currency = "EUR";
    private const int KubeconfigLimit = 1024 * 1024;
    private static readonly TimeSpan PriceLife = TimeSpan.FromDays(1);

    public async Task<DateTimeOffset?> GetTokenExpiryAsync(CancellationToken token)
    {
        try
        {
            return await _connection.SendAsync(
                CleverRequest.To(HttpMethod.Get, "/v2/self/tokens/current"),
                AnswerReaders.Json(WireJson.Default.JsonElement, OrganisationMapping.ExpiryOf),
                token);
        }
        catch (CleverApiException failure) when (IsNotToldToUs(failure))
        {
            return null;
        }
    }

    public Task<CleverPrices> GetPricesAsync(string organisation, string zone, CancellationToken token) =>
        CleverRequest.IsId(organisation) ? _prices.GetAsync($"{organisation} {zone}", token) : _publicPrices.GetAsync(zone, token);

    public Task<IReadOnlyList<CleverWebhook>> ListWebhooksAsync(string organisation, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Get, Webhooks, organisation),
            AnswerReaders.List(WireJson.Default.ListWireWebhook, OrganisationMapping.ToModel),
            token);

    public Task<CleverWebhook> CreateWebhookAsync(string organisation, CleverWebhookRequest request, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Post, Webhooks, organisation) with
            {
                Body = Body(
                    new WireWebhookRequest(request.Name, [new WireWebhookUrl("raw", request.Url.AbsoluteUri)], request.Events), WireJson.Default.WireWebhookRequest),
                Secrets = [request.Url.AbsoluteUri, request.Url.AbsolutePath, request.Url.Segments[^1]],
            },
            AnswerReaders.Json(WireJson.Default.WireWebhook, OrganisationMapping.ToModel),
            token);

    public Task<bool> DeleteWebhookAsync(string organisation, string webhookId, CancellationToken token) =>
        FoundAsync(CleverRequest.To(HttpMethod.Delete, Webhooks + "/{webhook}", organisation, webhookId), AnswerReaders.Ignore, token);

    public Task<IReadOnlyList<CleverCluster>> ListClustersAsync(string organisation, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Get, Clusters, organisation),
            AnswerReaders.List(WireJson.Default.ListWireKubernetes, OrganisationMapping.ToModel),
            token);

    public Task<string> GetKubeconfigAsync(string organisation, string clusterId, CancellationToken token) =>
        _connection.SendAsync(
            CleverRequest.To(HttpMethod.Get, Clusters + "/{cluster}/kubeconfig.yaml", organisation, clusterId) with
            {
                Accept = "application/yaml",
                AnswerLimit = KubeconfigLimit,
            },
            AnswerReaders.Text,
            token);

    private async Task<CleverPrices> AskPricesAsync(string key)
    {
        var (organisation, zone) = (key[..key.IndexOf(' ')], key[(key.IndexOf(' ') + 1)..]);
        try
        {
            return await _connection.SendAsync(
                CleverRequest.To(HttpMethod.Get, "/v4/billing/organisations/{organisation}/price-system", organisation).With("zone_id", zone),
                AnswerReaders.Json(WireJson.Default.WirePrices, prices => prices.ToModel(arePublic: false)),
                CancellationToken.None);
        }
        catch (CleverApiException failure) when (IsNotToldToUs(failure))
        {
            return await _publicPrices.GetAsync(zone, CancellationToken.None);
        }
    }

    private async Task<CleverPrices> AskPublicPricesAsync(string zone) =>
        await FoundAsync(
            CleverRequest.To(HttpMethod.Get, "/v4/billing/price-system").With("zone_id", zone).With("currency", Currency) with { IsPublic = true },
            AnswerReaders.Json(WireJson.Default.WirePrices, prices => prices.ToModel(arePublic: true)),
            CancellationToken.None)
        ?? new WirePrices(Currency, null, null).ToModel(arePublic: true);

    /// <summary>True when the API knows nothing of it, or nothing it may tell this account; a rate limit is neither.</summary>
    private static bool IsNotToldToUs(CleverApiException failure) =>
        failure.Kind is CleverFailureKind.Forbidden or CleverFailureKind.NotFound;
}
