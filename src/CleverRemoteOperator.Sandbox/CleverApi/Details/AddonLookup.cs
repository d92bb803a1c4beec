using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.CleverApi.Products;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.CleverApi.Details;

/// <summary>Finds the add-on of a v4 path, which names no owner and takes only one of the two ids.</summary>
internal sealed class AddonLookup(AddonStore addons, ProductCatalogue catalogue)
{
    /// <summary>The add-on <paramref name="id"/> of the provider behind <paramref name="segment"/>.</summary>
    /// <exception cref="ApiError">404 when there is none under that kind of id, 403 when it belongs to another.</exception>
    public Addon Require(HttpContext http, string segment, string id)
    {
        var provider = catalogue.Providers.FirstOrDefault(provider => provider.DetailPath == segment) ?? throw ApiError.V4Missing("Unknown add-on provider.");
        var addon = addons.Find(id);
        if (addon is null || addon.ProviderId != provider.Id || !Takes(provider, addon, id))
        {
            throw ApiError.V4Missing("This add-on does not exist.");
        }

        return Owners.AccountOf(http).Owns(addon.OwnerId) ? addon
            : throw ApiError.V4(403, "clever.core.forbidden", "This add-on does not belong to you.");
    }

    private static bool Takes(Provider provider, Addon addon, string id) => provider.DetailId switch
    {
        "addon" => addon.Id == id,
        "real" => addon.RealId == id,
        _ => true,
    };
}
