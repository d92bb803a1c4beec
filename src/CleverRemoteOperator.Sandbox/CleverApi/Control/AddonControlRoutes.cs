using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Control;

/// <summary>What tests do to add-ons and migrations behind the back of who made them.</summary>
internal sealed class AddonControlRoutes(AddonStore addons, MigrationStore migrations, SandboxClock clock)
{
    private const string ConfigProvider = "config-provider";
    private static readonly string[] Outcomes = [Migration.Done, Migration.Failed, Migration.Recovered];

    private static readonly Dictionary<string, Func<AddonStore, Addon, JsonNode?, Addon>> Changes = new()
    {
        ["name"] = (_, addon, value) => addon with { Name = Text(value) },
        ["plan"] = (addons, addon, value) => addon with { PlanId = PlanOf(addons, addon, Text(value)) },
        ["region"] = (_, addon, value) => addon with { Region = Text(value) },
        ["version"] = (_, addon, value) => addon with { Version = Text(value) },
        ["tags"] = (_, addon, value) => addon with { Tags = [.. Array(value).Select(Text)] },
        ["environment"] = (_, addon, value) => WithEnvironment(addon, Object(value)),
        ["createdAt"] = (_, addon, value) => addon with { CreatedAt = Time(value) },
        ["backups"] = (_, addon, value) => addon with { Backups = value is null ? null : [.. Array(value).Select(Time)] },
        ["readOnlyUsers"] = (_, addon, value) => addon with { ReadOnlyUsers = [.. Array(value).Select(Text)] },
        ["status"] = (_, addon, value) => addon with { Status = value is null ? null : Text(value) },
    };

    /// <summary>Maps the routes under <paramref name="control"/>.</summary>
    public void Map(RouteGroupBuilder control)
    {
        control.MapPatch("/addons/{addonId}", async (HttpRequest request, string addonId) =>
        {
            var body = await JsonText.ReadAsync<JsonObject>(request);
            addons.Change(Require(addonId), current => body.Aggregate(current, (addon, change) => Change(change.Key)(addons, addon, change.Value)));
            return Results.NoContent();
        });
        control.MapDelete("/addons/{addonId}", (string addonId) =>
        {
            addons.Remove(Require(addonId));
            return Results.NoContent();
        });
        control.MapGet("/migrations", () => JsonText.AnswerList(migrations.All.Select(Document)));
        control.MapPut("/migrations/outcome", async (HttpRequest request) =>
        {
            var outcome = (await JsonText.ReadAsync<JsonObject>(request)).Text("outcome");
            migrations.Outcome = outcome is not null && Outcomes.Contains(outcome) ? outcome : throw Bad($"outcome must be one of {string.Join(", ", Outcomes)}");
            return Results.NoContent();
        });
        control.MapPut("/migrations/{migrationId}", async (HttpRequest request, string migrationId) =>
            JsonText.Answer(Document(migrations.SetStatus(migrationId, Text((await JsonText.ReadAsync<JsonObject>(request))["status"])))));
    }

    private Addon Require(string id) => addons.Find(id) ?? throw ApiError.AddonMissing;

    private JsonObject Document(Migration migration)
    {
        var json = migration.Document(clock.Now);
        json["addonId"] = migration.AddonId;
        return json;
    }

    private static Func<AddonStore, Addon, JsonNode?, Addon> Change(string name) =>
        Changes.GetValueOrDefault(name) ?? throw Bad($"{name} cannot be changed; allowed are: {string.Join(", ", Changes.Keys)}");

    private static string PlanOf(AddonStore addons, Addon addon, string text) =>
        addons.ProviderOf(addon).Plans.FirstOrDefault(plan => plan.Id == text || plan.Slug == text)?.Id ?? throw Bad($"{addon.ProviderId} has no plan {text}");

    private static Addon WithEnvironment(Addon addon, JsonObject changes)
    {
        if (addon.ProviderId == ConfigProvider)
        {
            var kept = addon.Variables.Where(variable => !changes.ContainsKey(variable.Name));
            return addon with { Variables = [.. kept, .. changes.Where(change => change.Value is not null).Select(change => new Variable(change.Key, Text(change.Value)))] };
        }

        var changed = addon.EnvironmentChanges.ToDictionary();
        foreach (var (name, value) in changes)
        {
            changed[name] = value is null ? null : Text(value);
        }

        return addon with { EnvironmentChanges = changed };
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Bad("text is expected");

    private static JsonArray Array(JsonNode? node) => node as JsonArray ?? throw Bad("an array is expected");

    private static JsonObject Object(JsonNode? node) => node as JsonObject ?? throw Bad("an object is expected");

    private static DateTimeOffset Time(JsonNode? node) =>
        DateTimeOffset.TryParse(Text(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw Bad($"{node} is no time such as 2026-01-01T00:00:00Z");

    private static ApiError Bad(string message) => ApiError.V4Bad(message);
}
