using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>Changes of plan, region and version.</summary>
internal sealed class MigrationRoutes(AddonStore addons, MigrationStore migrations, TimeProvider timeProvider)
{
    public void Map(RouteGroupBuilder group, Func<HttpContext, string> owner)
    {
        group.MapGet("/addons/{addonId}/migrations", (HttpContext http, string addonId) =>
            JsonText.AnswerList(migrations.Of(addons.Require(owner(http), addonId)).Select(Document)));
        group.MapPost("/addons/{addonId}/migrations", StartAsync);
        group.MapPut("/addons/{addonId}/plan", StartAsync);
        group.MapGet("/addons/{addonId}/migrations/{migrationId}", (HttpContext http, string addonId, string migrationId) =>
            JsonText.Answer(Document(migrations.Require(addons.Require(owner(http), addonId), migrationId))));
        group.MapDelete("/addons/{addonId}/migrations/{migrationId}", (HttpContext http, string addonId, string migrationId) =>
            JsonText.Answer(Document(migrations.Abort(migrations.Require(addons.Require(owner(http), addonId), migrationId)))));

        async Task<IResult> StartAsync(HttpContext http, string addonId)
        {
            var addon = addons.Require(owner(http), addonId);
            return JsonText.Answer(Document(migrations.Start(addon, await JsonText.ReadAsync<JsonObject>(http.Request))));
        }
    }

    private JsonObject Document(Migration migration) => migration.Document(timeProvider.GetUtcNow());
}
