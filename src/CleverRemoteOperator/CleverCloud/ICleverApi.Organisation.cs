namespace CleverRemoteOperator.CleverCloud;

/// <content>What belongs to an account or an organisation and to none of its add-ons.</content>
internal partial interface ICleverApi
{
    /// <summary>When the credentials end, live; null when the API does not tell: for a bearer token (403, 404), or for ever.</summary>
    Task<DateTimeOffset?> GetTokenExpiryAsync(CancellationToken token);

    /// <summary>
    /// What plans cost the organisation in the zone; what they cost everybody when the account may not read that. No price at all in a zone without prices (404).
    /// Cached for a day, for 64 zones of organisations, and fetched once for concurrent callers.
    /// </summary>
    /// <param name="zone">The region's name.</param>
    Task<CleverPrices> GetPricesAsync(string organisation, string zone, CancellationToken token);

    /// <summary>The organisation's webhooks, live.</summary>
    Task<IReadOnlyList<CleverWebhook>> ListWebhooksAsync(string organisation, CancellationToken token);

    /// <summary>Makes a webhook. Never retried: after <see cref="CleverApiException.IsOutcomeUnknown"/> list them.</summary>
    Task<CleverWebhook> CreateWebhookAsync(string organisation, CleverWebhookRequest request, CancellationToken token);

    /// <summary>Deletes a webhook; false when it did not exist (404).</summary>
    Task<bool> DeleteWebhookAsync(string organisation, string webhookId, CancellationToken token);

    /// <summary>The organisation's managed Kubernetes clusters, live, deleted ones among them.</summary>
    Task<IReadOnlyList<CleverCluster>> ListClustersAsync(string organisation, CancellationToken token);

    /// <summary>The kubeconfig of a cluster, YAML, with a client certificate made for this call: never to be polled, never to be shown.</summary>
    Task<string> GetKubeconfigAsync(string organisation, string clusterId, CancellationToken token);
}
