using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Control;

/// <summary>What tests look at and turn: counts, add-ons of all accounts, faults, delays, tokens. No credentials, no faults, no counting here.</summary>
internal sealed class ControlRoutes(AddonStore addons, RequestCounts counts, Faults faults, SandboxClock clock, IReadOnlyList<Account> accounts, TokenLives lives)
{
    public const string Prefix = "/_sandbox";

    private static readonly JsonSerializerOptions Compact = new(JsonText.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The group of all control routes: an <see cref="ApiError"/> thrown within is its answer.</summary>
    public static RouteGroupBuilder Group(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(Prefix).AllowAnonymous();
        control.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (ApiError error)
            {
                return Results.Text(error.Body, error.ContentType, statusCode: error.Status);
            }
            catch (System.Security.Cryptography.CryptographicException exception)
            {
                return Results.Json(new { error = exception.Message }, JsonText.Options, statusCode: 400);
            }
        });
        return control;
    }

    /// <summary>Maps the routes under <paramref name="control"/>.</summary>
    public void Map(RouteGroupBuilder control)
    {
        control.MapGet("/requests", () => Results.Json(counts.Snapshot(), JsonText.Options));
        control.MapDelete("/requests", () =>
        {
            counts.Reset();
            return Results.NoContent();
        });
        control.MapGet("/addons", () => JsonText.AnswerList(addons.All.Select(Document)));
        control.MapGet("/faults", () => Results.Json(faults.Rules, Compact));
        control.MapPut("/faults", SetFaultsAsync);
        control.MapGet("/delays", () => JsonText.Answer(Document(clock.Delays)));
        control.MapPatch("/delays", async (HttpRequest request) =>
        {
            var body = await JsonText.ReadAsync<JsonObject>(request);
            clock.Delays = body.Aggregate(clock.Delays, Changed);
            return JsonText.Answer(Document(clock.Delays));
        });
        control.MapPut("/tokens/{organisation}", async (HttpRequest request, string organisation) =>
        {
            var account = accounts.FirstOrDefault(account => account.Owns(organisation)) ?? throw ApiError.OwnerMissing;
            lives.Set(account, Time((await JsonText.ReadAsync<JsonObject>(request)).Text("expirationDate")));
            return Results.NoContent();
        });
    }

    private async Task<IResult> SetFaultsAsync(HttpRequest request)
    {
        try
        {
            faults.Set(await JsonSerializer.DeserializeAsync<IReadOnlyList<FaultRule>>(request.Body, JsonText.Strict, request.HttpContext.RequestAborted) ?? []);
            return Results.Json(faults.Rules, Compact);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return Results.Json(new { error = "A list of fault rules is expected: " + exception.Message }, JsonText.Options, statusCode: 400);
        }
    }

    private JsonObject Document(Addon addon) => new()
    {
        ["id"] = addon.Id,
        ["realId"] = addon.RealId,
        ["organisation"] = addon.OwnerId,
        ["name"] = addon.Name,
        ["provider"] = addon.ProviderId,
        ["plan"] = addons.ProviderOf(addon).FindPlan(addon.PlanId)?.Slug ?? addon.PlanId,
        ["region"] = addon.Region,
        ["version"] = addon.Version,
    };

    private static JsonObject Document(Delays delays) => new()
    {
        ["listLagMs"] = delays.ListLag.TotalMilliseconds,
        ["provisioningMs"] = delays.Provisioning.TotalMilliseconds,
        ["deletableAfterMs"] = delays.DeletableAfter.TotalMilliseconds,
        ["migrationMs"] = delays.Migration.TotalMilliseconds,
        ["certificateLifeMs"] = delays.CertificateLife.TotalMilliseconds,
    };

    private static Delays Changed(Delays delays, KeyValuePair<string, JsonNode?> change) => change.Key switch
    {
        "listLagMs" => delays with { ListLag = Milliseconds(change.Value) },
        "provisioningMs" => delays with { Provisioning = Milliseconds(change.Value) },
        "deletableAfterMs" => delays with { DeletableAfter = Milliseconds(change.Value) },
        "migrationMs" => delays with { Migration = Milliseconds(change.Value) },
        "certificateLifeMs" => delays with { CertificateLife = Milliseconds(change.Value) },
        _ => throw ApiError.V4Bad($"There is no delay {change.Key}; there are: {string.Join(", ", Document(delays).Select(delay => delay.Key))}"),
    };

    private static TimeSpan Milliseconds(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) && number is >= 0 and <= int.MaxValue * 1000d
        ? TimeSpan.FromMilliseconds(number)
        : throw ApiError.V4Bad("A delay is a number of milliseconds, 0 or more.");

    private static DateTimeOffset? Time(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw ApiError.V4Bad($"{text} is no time such as 2026-01-01T00:00:00Z");
}
