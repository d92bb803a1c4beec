using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.CleverApi.Authorization;

/// <summary>Who a request is from, and whether the owner in its path is that account's.</summary>
internal sealed class Owners(IReadOnlyList<Account> accounts)
{
    private static readonly object Key = new();

    /// <summary>Remembers the account for the handlers of this request.</summary>
    public static void Set(HttpContext http, Account account) => http.Items[Key] = account;

    /// <summary>The account of a request that was let through.</summary>
    public static Account AccountOf(HttpContext http) => http.Items[Key] as Account ?? throw ApiError.NotConnected;

    /// <summary>The personal space of the request's user.</summary>
    public static string Personal(HttpContext http) => AccountOf(http).UserId;

    /// <summary>The owner named by <c>{id}</c> in the path.</summary>
    /// <exception cref="ApiError">403 when it is another account's, 404 when nobody's.</exception>
    public string FromPath(HttpContext http) => Require(http, http.Request.RouteValues["id"] as string ?? "");

    /// <summary><paramref name="id"/>, which must be an owner of the account that asks.</summary>
    /// <exception cref="ApiError">403 when it is another account's, 404 when nobody's.</exception>
    public string Require(HttpContext http, string id)
    {
        if (AccountOf(http).Owns(id))
        {
            return id;
        }

        var exists = accounts.Any(account => account.Owns(id));
        throw (exists, http.Request.Path.StartsWithSegments("/v4")) switch
        {
            (true, true) => ApiError.V4(403, "clever.core.forbidden", "You are not a member of this organisation."),
            (false, true) => ApiError.V4Missing("This organisation does not exist."),
            (true, false) => ApiError.OwnerOfAnother,
            (false, false) => ApiError.OwnerMissing,
        };
    }
}
