using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Details;

/// <summary>The backups of a database: one a day of its life and seven kept, unless somebody said when they were made.</summary>
internal sealed class BackupRoutes(AddonStore addons, Owners owners, TimeProvider timeProvider)
{
    private const int Kept = 7;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v2/backups/{id}/{addonId}", (HttpContext http, string addonId) =>
    {
        var addon = addons.Require(owners.FromPath(http), addonId);
        return JsonText.AnswerList((addon.Backups ?? Daily(addon)).Select(time => Document(addon, time)));
    });

    private IEnumerable<DateTimeOffset> Daily(Addon addon) =>
        Enumerable.Range(1, Math.Max(0, (int)(timeProvider.GetUtcNow() - addon.CreatedAt).TotalDays)).TakeLast(Kept).Select(day => addon.CreatedAt.AddDays(day));

    private static JsonObject Document(Addon addon, DateTimeOffset time)
    {
        var id = DerivedValues.Uuid(addon.RealId, time.ToString("O", CultureInfo.InvariantCulture));
        return new JsonObject
        {
            ["backup_id"] = id,
            ["entity_id"] = addon.RealId,
            ["status"] = "DONE",
            ["creation_date"] = Text(time),
            ["delete_at"] = Text(time.AddDays(Kept)),
            ["filename"] = id + ".backup",
            [addon.ProviderId == "es-addon" ? "link" : "download_url"] = $"https://backups.sandbox.example/{id}",
        };
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
