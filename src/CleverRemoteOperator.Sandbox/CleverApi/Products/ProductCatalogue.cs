using System.Text.Json;

namespace CleverRemoteOperator.Sandbox.CleverApi.Products;

/// <summary>What the sandbox sells; prices are synthetic, but ordered by size.</summary>
internal sealed record ProductCatalogue(IReadOnlyList<Region> Regions, IReadOnlyList<Provider> Providers)
{
    private const string Resource = "catalogue.json";

    /// <summary>Reads the catalogue embedded in this assembly.</summary>
    public static ProductCatalogue Load()
    {
        using var stream = typeof(ProductCatalogue).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resource}.");
        return JsonSerializer.Deserialize<ProductCatalogue>(stream, JsonText.Options)
            ?? throw new InvalidOperationException($"The resource {Resource} is empty.");
    }

    public Provider? Find(string id) => Providers.FirstOrDefault(provider => provider.Id == id);
}
