using BenchmarkDotNet.Attributes;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Catalogue;
using CleverRemoteOperator.Sandbox.CleverApi.Products;

namespace CleverRemoteOperator.Benchmarks.Micro;

/// <summary>Plan, region and version of a resource, looked up among all that Clever Cloud sells.</summary>
public class CatalogueBenchmarks
{
    private static readonly ProductCatalogue Sold = ProductCatalogue.Load();

    private readonly IReadOnlyList<CleverProvider> _providers =
    [
        .. Sold.Providers.Select(provider => new CleverProvider(
            provider.Id, provider.Name, provider.Regions,
            [.. provider.Plans.Select(plan => new CleverPlan(plan.Id, plan.Slug, plan.Name, (double)plan.Price, provider.ZonesOf(plan), plan.IsShared))])),
    ];

    private readonly CleverProviderVersions _versions = new(["11", "12", "13", "14", "15", "16", "17"], new Dictionary<string, string>(), "15");
    private readonly RequestedAddon _bySlug = new("postgresql-addon", "xs_sml", "par", "17");
    private readonly RequestedAddon _bySize = new("postgresql-addon", "xs", "par", "17");

    [Benchmark(Description = "catalogue look-up by slug")]
    public string? BySlug() => Resolve(_bySlug);

    [Benchmark(Description = "catalogue look-up by size")]
    public string? BySize() => Resolve(_bySize);

    private string? Resolve(RequestedAddon requested) =>
        CatalogueResolver.Resolve(requested, new CleverCatalogue(_providers, null), _versions).Addon?.PlanId ?? throw new InvalidOperationException($"The catalogue has no {requested}.");
}
