using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.CleverApi.Notifications;

/// <summary>Who wants to be told of which events; an empty scope means every add-on of the owner.</summary>
internal sealed record Webhook(
    string Id, string OwnerId, string Name, IReadOnlyList<WebhookUrl> Urls, IReadOnlyList<string> Events, IReadOnlyList<string> Scope,
    DateTimeOffset CreatedAt, IReadOnlyList<string> Failures)
{
    public bool Wants(string eventName, string ownerId, params ReadOnlySpan<string> ids)
    {
        if (ownerId != OwnerId || !Events.Any(wanted => wanted == eventName || NotificationEvents.Meta(wanted).Contains(eventName)))
        {
            return false;
        }

        foreach (var id in ids)
        {
            if (Scope.Contains(id))
            {
                return true;
            }
        }

        return Scope.Count == 0;
    }

    public JsonObject Document() => new()
    {
        ["id"] = Id,
        ["ownerId"] = OwnerId,
        ["name"] = Name,
        ["urls"] = new JsonArray([.. Urls.Select(url => new JsonObject { ["format"] = url.Format, ["url"] = url.Url })]),
        ["events"] = JsonText.Array(Events),
        ["scope"] = JsonText.Array(Scope),
        ["createdAt"] = CreatedAt.ToUnixTimeMilliseconds(),
        ["failures"] = JsonText.Array(Failures),
        ["state"] = "ENABLED",
    };
}

/// <summary>Where to, and in which form.</summary>
internal sealed record WebhookUrl(string Format, string Url);

/// <summary>The events there are, alone and in groups.</summary>
internal static class NotificationEvents
{
    private const string Addon = "META_SERVICE_LIFECYCLE";

    public static IReadOnlyList<string> All { get; } = ["ADDON_CREATION", "ADDON_DELETION"];

    public static IReadOnlyList<string> Meta(string name) => name == Addon ? All : [];

    public static bool IsKnown(string name) => name == Addon || All.Contains(name);

    public static JsonObject Document() => new() { ["events"] = JsonText.Array(All), ["meta_events"] = new JsonObject { [Addon] = JsonText.Array(All) } };
}
