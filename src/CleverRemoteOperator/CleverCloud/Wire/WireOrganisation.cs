using System.Text.Json.Serialization;

namespace CleverRemoteOperator.CleverCloud.Wire;

/// <summary>The price system of a zone.</summary>
internal sealed record WirePrices(string? Currency, List<WireRuntime?>? Runtime, List<WireCountable?>? Countable);

/// <summary>What a plan costs for a time.</summary>
internal sealed record WireRuntime(
    [property: JsonPropertyName("slug_id")] string? SlugId, [property: JsonPropertyName("time_unit")] string? TimeUnit, decimal? Price);

/// <summary>What is counted.</summary>
internal sealed record WireCountable(string? Service);

/// <summary>The current token, as far as it is read.</summary>
internal sealed record WireToken([property: JsonConverter(typeof(LooseTime))] DateTimeOffset? ExpirationDate);

/// <summary>A webhook.</summary>
internal sealed record WireWebhook(
    string? Id, string? Name, List<WireWebhookUrl?>? Urls, List<string?>? Events, [property: JsonConverter(typeof(LooseText))] string? State);

/// <summary>An address of a webhook.</summary>
internal sealed record WireWebhookUrl(string? Format, string? Url);

/// <summary>Body of a webhook's creation; the scope is left out, which is every add-on.</summary>
internal sealed record WireWebhookRequest(string Name, List<WireWebhookUrl> Urls, IReadOnlyList<string> Events);

/// <summary>A managed Kubernetes cluster.</summary>
internal sealed record WireKubernetes(
    string? Id,
    string? Name,
    [property: JsonConverter(typeof(LooseText))] string? Status,
    [property: JsonConverter(typeof(LooseText))] string? Version,
    string? LocationId,
    List<string?>? Tags);
