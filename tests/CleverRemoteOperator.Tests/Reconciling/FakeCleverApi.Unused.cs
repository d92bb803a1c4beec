using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <content>Calls no test of a reconcile makes yet.</content>
internal sealed partial class FakeCleverApi
{
    public Task<IReadOnlyList<string>> GetTagsAsync(string organisation, string addonId, CancellationToken token) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> SetTagsAsync(string organisation, string addonId, IReadOnlyList<string> tags, CancellationToken token) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<string>> AddTagAsync(string organisation, string addonId, string tag, CancellationToken token) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> RemoveTagAsync(string organisation, string addonId, string tag, CancellationToken token) => throw new NotSupportedException();

    public Task<IReadOnlyList<CleverBackup>> ListBackupsAsync(string organisation, string realId, CancellationToken token) => throw new NotSupportedException();

    public Task<DateTimeOffset?> GetTokenExpiryAsync(CancellationToken token) => throw new NotSupportedException();

    public Task<CleverPrices> GetPricesAsync(string organisation, string zone, CancellationToken token) => throw new NotSupportedException();

    public Task<IReadOnlyList<CleverWebhook>> ListWebhooksAsync(string organisation, CancellationToken token) => throw new NotSupportedException();

    public Task<CleverWebhook> CreateWebhookAsync(string organisation, CleverWebhookRequest request, CancellationToken token) => throw new NotSupportedException();

    public Task<bool> DeleteWebhookAsync(string organisation, string webhookId, CancellationToken token) => throw new NotSupportedException();

    public Task<IReadOnlyList<CleverCluster>> ListClustersAsync(string organisation, CancellationToken token) => throw new NotSupportedException();

    public Task<string> GetKubeconfigAsync(string organisation, string clusterId, CancellationToken token) => throw new NotSupportedException();
}
