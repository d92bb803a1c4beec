using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.Sandbox.CleverApi.Notifications;

/// <summary>Posts events to those who want them, one after the other and once each; what the platform really writes into the body is not known.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<(Webhook Hook, string Body)> _queue = Channel.CreateUnbounded<(Webhook, string)>();
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
    private readonly WebhookStore _webhooks;
    private readonly SandboxClock _clock;
    private readonly Task _sending;

    public WebhookSender(WebhookStore webhooks, SandboxClock clock)
    {
        (_webhooks, _clock) = (webhooks, clock);
        _sending = SendAllAsync();
    }

    /// <summary>Returns at once; the post follows.</summary>
    public void Announce(string eventName, Addon addon)
    {
        foreach (var hook in _webhooks.Wanting(eventName, addon))
        {
            _queue.Writer.TryWrite((hook, Body(eventName, addon).ToJsonString(JsonText.Options)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _sending;
        _client.Dispose();
        _end.Dispose();
    }

    private JsonObject Body(string eventName, Addon addon) => new()
    {
        ["event"] = eventName,
        ["date"] = _clock.Now.ToUnixTimeMilliseconds(),
        ["ownerId"] = addon.OwnerId,
        ["data"] = new JsonObject { ["id"] = addon.Id, ["realId"] = addon.RealId, ["name"] = addon.Name, ["providerId"] = addon.ProviderId },
    };

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (var (hook, body) in _queue.Reader.ReadAllAsync(_end.Token))
            {
                foreach (var url in hook.Urls)
                {
                    await SendAsync(hook, url, body);
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The sandbox ends; what was not posted yet is not.
        }
    }

    private async Task SendAsync(Webhook hook, WebhookUrl url, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _client.PostAsync(new Uri(url.Url), content, _end.Token);
            if (!answer.IsSuccessStatusCode)
            {
                _webhooks.Failed(hook.Id, $"{(int)answer.StatusCode}");
            }
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !_end.IsCancellationRequested))
        {
            _webhooks.Failed(hook.Id, failure.Message);
        }
    }
}
