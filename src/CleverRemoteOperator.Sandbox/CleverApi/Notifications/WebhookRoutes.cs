using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Notifications;

/// <summary>Webhooks of an owner: listed, made and deleted.</summary>
internal sealed class WebhookRoutes(WebhookStore webhooks, Owners owners)
{
    private const string Route = "/v2/notifications/webhooks/{id}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/notifications/info/events", () => JsonText.Answer(NotificationEvents.Document()));
        routes.MapGet(Route, (HttpContext http) => JsonText.AnswerList(webhooks.Of(owners.FromPath(http)).Select(hook => hook.Document())));
        routes.MapPost(Route, async (HttpContext http) =>
        {
            var ownerId = owners.FromPath(http);
            return JsonText.Answer(webhooks.Create(ownerId, await JsonText.ReadAsync<JsonObject>(http.Request)).Document());
        });
        routes.MapDelete(Route + "/{webhookId}", (HttpContext http, string webhookId) =>
        {
            webhooks.Delete(owners.FromPath(http), webhookId);
            return Results.NoContent();
        });
    }
}
