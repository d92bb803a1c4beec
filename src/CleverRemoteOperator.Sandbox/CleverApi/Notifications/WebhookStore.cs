using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Control;
using CleverRemoteOperator.Sandbox.CleverApi.State;

namespace CleverRemoteOperator.Sandbox.CleverApi.Notifications;

/// <summary>The webhooks of all owners.</summary>
internal sealed class WebhookStore(SandboxState state, SandboxClock clock, Identifiers identifiers)
{
    private const int KeptFailures = 10;

    public IEnumerable<Webhook> Of(string ownerId) => state.Current.Webhooks.Values.Where(hook => hook.OwnerId == ownerId).OrderBy(hook => hook.CreatedAt);

    /// <summary>Those that want to hear of this event of this add-on.</summary>
    public IEnumerable<Webhook> Wanting(string eventName, Addon addon) =>
        state.Current.Webhooks.Values.Where(hook => hook.Wants(eventName, addon.OwnerId, addon.Id, addon.RealId));

    /// <exception cref="ApiError">400 for a body that names no address, or events there are not.</exception>
    public Webhook Create(string ownerId, JsonObject body)
    {
        var urls = (body["urls"] as JsonArray ?? []).Select(Url).ToList();
        var events = Texts(body["events"]);
        if (urls.Count == 0 || events.Count == 0 || events.FirstOrDefault(name => !NotificationEvents.IsKnown(name)) is not null)
        {
            throw ApiError.V2(400, SyntheticId.InvalidWebhook, $"A webhook needs urls and events; events are: {string.Join(", ", NotificationEvents.All)}");
        }

        var hook = new Webhook("webhook_" + identifiers.Uuid(), ownerId, body.Require("name"), urls, events, Texts(body["scope"]), clock.Now, []);
        state.Update(data => data with { Webhooks = data.Webhooks.Add(hook.Id, hook) });
        return hook;
    }

    /// <exception cref="ApiError">404 when the owner has no such webhook.</exception>
    public void Delete(string ownerId, string id) => state.Update(data => data.Webhooks.GetValueOrDefault(id)?.OwnerId == ownerId
        ? data with { Webhooks = data.Webhooks.Remove(id) }
        : throw ApiError.V2(404, SyntheticId.WebhookMissing, "This webhook does not exist."));

    /// <summary>Notes that nobody took what was posted.</summary>
    public void Failed(string id, string why) => state.Update(data => data.Webhooks.GetValueOrDefault(id) is { } hook
        ? data with { Webhooks = data.Webhooks.SetItem(id, hook with { Failures = [.. hook.Failures.TakeLast(KeptFailures - 1), why] }) }
        : data);

    private static WebhookUrl Url(JsonNode? node)
    {
        var json = node as JsonObject ?? throw ApiError.Malformed("an object is expected in urls.");
        return Uri.TryCreate(json.Require("url"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new WebhookUrl(json.Text("format") ?? "raw", json.Require("url"))
            : throw ApiError.Malformed("a url must be http or https.");
    }

    private static List<string> Texts(JsonNode? node) => [.. (node as JsonArray ?? []).Select(text => text?.ToString() ?? "")];
}
