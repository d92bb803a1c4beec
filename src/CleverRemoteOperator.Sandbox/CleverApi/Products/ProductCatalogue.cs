using System.Text.Json;

namespace CleverRemoteOperator.Sandbox.CleverApi.Products;

/// <summary>What the sandbox sells to everybody; prices are synthetic, but ordered by size.</summary>
internal sealed record ProductCatalogue(IReadOnlyList<Region> Regions, IReadOnlyList<Provider> Providers)
{
    private const string Resource = "catalogue.json";
    private const string OrganisationPrefix = "orga_";
    private const string PrivateTag = "scope:private";

    /// <summary>The regions an organisation may have add-ons in and others need not know of.</summary>
    public IReadOnlyList<Region> PrivateRegions { get; init; } = [];

    /// <summary>Reads the catalogue embedded in this assembly.</summary>
    public static ProductCatalogue Load()
    {
        using var stream = typeof(ProductCatalogue).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resource}.");
        var all = JsonSerializer.Deserialize<ProductCatalogue>(stream, JsonText.Options)
            ?? throw new InvalidOperationException($"The resource {Resource} is empty.");
        return all with
        {
            Regions = [.. all.Regions.Where(region => !region.Tags.Contains(PrivateTag))],
            PrivateRegions = [.. all.Regions.Where(region => region.Tags.Contains(PrivateTag))],
        };
    }

    /// <summary>What is sold to <paramref name="ownerId"/>: an organisation has private regions and plans, a personal space and a stranger (null) have none.</summary>
    public ProductCatalogue SeenBy(string? ownerId) => ownerId?.StartsWith(OrganisationPrefix, StringComparison.Ordinal) == true
        ? this with { Regions = [.. Regions, .. PrivateRegions], PrivateRegions = [], Providers = [.. Providers.Select(provider => provider.WithPrivate())] }
        : this;

    public Provider? Find(string id) => Providers.FirstOrDefault(provider => provider.Id == id);
}
