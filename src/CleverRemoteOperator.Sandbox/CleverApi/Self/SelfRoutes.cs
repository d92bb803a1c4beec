using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Self;

/// <summary>The user, the organisation and the summary of both.</summary>
internal sealed class SelfRoutes(AddonStore addons, Owners owners, TokenLives lives, TimeProvider timeProvider)
{
    private const long MemberSince = 1700000000000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/self", (HttpContext http) => JsonText.Answer(User(Owners.AccountOf(http))));
        routes.MapGet("/v2/self/tokens/current", (HttpContext http) => JsonText.Answer(Token(Owners.AccountOf(http))));
        routes.MapGet("/api-tokens", (HttpContext http) => JsonText.AnswerList([ApiToken(Owners.AccountOf(http))]));
        routes.MapGet("/v2/summary", (HttpContext http) => JsonText.Answer(Summary(Owners.AccountOf(http))));
        routes.MapGet("/v2/organisations", (HttpContext http) => JsonText.AnswerList([Organisation(Owners.AccountOf(http), Owners.AccountOf(http).OrganisationId)]));
        routes.MapGet("/v2/organisations/{id}", (HttpContext http) => JsonText.Answer(Organisation(Owners.AccountOf(http), owners.FromPath(http))));
    }

    private static JsonObject User(Account account) => new()
    {
        ["id"] = account.UserId,
        ["email"] = account.Email,
        ["name"] = account.UserName,
        ["phone"] = "",
        ["address"] = "",
        ["city"] = "",
        ["zipcode"] = "",
        ["country"] = "FRANCE",
        ["avatar"] = null,
        ["creationDate"] = MemberSince,
        ["lang"] = "EN",
        ["emailValidated"] = true,
        ["oauthApps"] = new JsonArray(),
        ["admin"] = false,
        ["canPay"] = true,
        ["preferredMFA"] = "NONE",
        ["hasPassword"] = true,
        ["partnerId"] = "00000000-0000-0000-0000-000000000000",
        ["partnerName"] = "default",
        ["partnerConsoleUrl"] = "https://console.sandbox.example",
    };

    private static JsonObject Organisation(Account account, string id) => new()
    {
        ["id"] = id,
        ["name"] = id == account.UserId ? account.UserName : account.OrganisationName,
        ["description"] = "",
        ["billingEmail"] = account.Email,
        ["address"] = "",
        ["city"] = "Nantes",
        ["zipcode"] = "44000",
        ["country"] = "FRANCE",
        ["company"] = "",
        ["VAT"] = "",
        ["avatar"] = null,
        ["vatState"] = "NOT_NEEDED",
        ["customerFullName"] = account.UserName,
        ["canPay"] = true,
        ["cleverEnterprise"] = false,
        ["emergencyNumber"] = null,
        ["canSEPA"] = false,
        ["isTrusted"] = true,
    };

    /// <summary>The consumer's name and the expiry; the token's own text stays out of the answer.</summary>
    private JsonObject Token(Account account) => new()
    {
        ["token"] = "hidden",
        ["consumer"] = new JsonObject { ["name"] = "Clever Tools", ["description"] = "", ["key"] = "hidden", ["url"] = "", ["picture"] = "", ["baseUrl"] = "", ["rights"] = new JsonObject { ["almighty"] = true } },
        ["creationDate"] = MemberSince,
        ["expirationDate"] = lives.EndOf(account).ToUnixTimeMilliseconds(),
        ["lastUtilisation"] = timeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
        ["rights"] = new JsonObject { ["almighty"] = true },
        ["employeeId"] = null,
    };

    /// <summary>What the bridge tells of the bearer token; the token's own text was given once, when it was made.</summary>
    private JsonObject ApiToken(Account account) => new()
    {
        ["apiTokenId"] = "api_token_" + DerivedValues.Uuid(account.OrganisationId, "api-token"),
        ["creationDate"] = Text(DateTimeOffset.FromUnixTimeMilliseconds(MemberSince)),
        ["expirationDate"] = Text(lives.EndOf(account)),
        ["name"] = "sandbox",
        ["state"] = "ACTIVE",
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private JsonObject Summary(Account account)
    {
        var user = Space(account, account.UserId);
        user["email"] = account.Email;
        user["lang"] = "EN";
        user["admin"] = false;
        var organisation = Space(account, account.OrganisationId);
        organisation["role"] = "ADMIN";
        organisation["providers"] = new JsonArray();
        organisation["vatState"] = "NOT_NEEDED";
        return new JsonObject { ["user"] = user, ["organisations"] = new JsonArray(organisation) };
    }

    private JsonObject Space(Account account, string id) => new()
    {
        ["id"] = id,
        ["name"] = id == account.UserId ? account.UserName : account.OrganisationName,
        ["avatar"] = null,
        ["applications"] = new JsonArray(),
        ["addons"] = new JsonArray([.. addons.ListOf(id).Select(AddonDocuments.Summary)]),
        ["consumers"] = new JsonArray(),
        ["canPay"] = true,
        ["canSEPA"] = false,
    };
}
