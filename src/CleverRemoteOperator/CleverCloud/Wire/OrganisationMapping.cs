using System.Text.Json;

namespace CleverRemoteOperator.CleverCloud.Wire;

/// <summary>Turns what travelled of an organisation into models; <see cref="JsonException"/> where what identifies a thing is missing.</summary>
internal static class OrganisationMapping
{
    private const string DefaultCurrency = "EUR";

    /// <summary>Of a plan named twice the first price counts; what is no price of a time is left out: a price that is not known is not 0.</summary>
    public static CleverPrices ToModel(this WirePrices prices, bool arePublic) => new(
        WireMapping.Text(prices.Currency) ?? DefaultCurrency,
        WireMapping.Present(prices.Runtime)
            .Select(item => (Id: WireMapping.Text(item.SlugId), Price: HourlyOf(item)))
            .Where(item => item is { Id: not null, Price: >= 0 })
            .DistinctBy(item => item.Id, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(item => item.Id!, item => item.Price!.Value, StringComparer.OrdinalIgnoreCase),
        WireMapping.Present(prices.Countable).Select(item => WireMapping.Text(item.Service)).OfType<string>().ToHashSet(StringComparer.Ordinal),
        arePublic);

    public static CleverWebhook ToModel(this WireWebhook webhook) => new(
        WireMapping.Text(webhook.Id) ?? throw new JsonException("a webhook has no ID"),
        webhook.Name ?? "",
        [.. WireMapping.Present(webhook.Urls).Select(url => url.Url).OfType<string>()],
        WireMapping.Texts(webhook.Events),
        webhook.State);

    public static CleverCluster ToModel(this WireKubernetes cluster) => new(
        WireMapping.Text(cluster.Id) ?? throw new JsonException("a cluster has no ID"),
        cluster.Name ?? "",
        cluster.Status ?? "",
        cluster.Version,
        cluster.LocationId,
        WireMapping.Texts(cluster.Tags));

    /// <summary>When the current token ends: one object, or the only one of a list; the sources of the contract differ.</summary>
    public static DateTimeOffset? ExpiryOf(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Object => answer.Deserialize(WireJson.Default.WireToken)?.ExpirationDate,
        JsonValueKind.Array when answer.GetArrayLength() == 1 && answer[0].ValueKind == JsonValueKind.Object =>
            answer[0].Deserialize(WireJson.Default.WireToken)?.ExpirationDate,
        _ => null,
    };

    // ISO durations; one we do not know makes a price we do not know.
    private static decimal? HourlyOf(WireRuntime item) => item.TimeUnit switch
    {
        "PT1H" => item.Price,
        "P1D" or "PT24H" => item.Price / 24,
        _ => null,
    };
}
