using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Control;

/// <summary>What tests look at and turn: counts, add-ons of all accounts, faults. No credentials, no faults, no counting here.</summary>
internal sealed class ControlRoutes(AddonStore addons, RequestCounts counts, Faults faults)
{
    public const string Prefix = "/_sandbox";

    private static readonly JsonSerializerOptions Compact = new(JsonText.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(Prefix).AllowAnonymous();
        control.MapGet("/requests", () => Results.Json(counts.Snapshot(), JsonText.Options));
        control.MapDelete("/requests", () =>
        {
            counts.Reset();
            return Results.NoContent();
        });
        control.MapGet("/addons", () => JsonText.AnswerList(addons.All.Select(Document)));
        control.MapGet("/faults", () => Results.Json(faults.Rules, Compact));
        control.MapPut("/faults", SetFaultsAsync);
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
}
