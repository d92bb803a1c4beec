using System.Text.Json;

namespace CleverRemoteOperator.CleverCloud.Wire;

/// <summary>Turns what travelled into models; <see cref="JsonException"/> where what identifies a thing is missing.</summary>
internal static class WireMapping
{
    public static CleverAddon ToModel(this WireAddon addon) => new(
        Text(addon.Id) ?? throw new JsonException("an add-on has no ID"),
        addon.RealId ?? "",
        addon.Name,
        addon.Region ?? "",
        addon.Provider?.Id ?? "",
        addon.Plan?.ToModel() ?? new CleverPlan("", "", "", 0, [], false))
    {
        CreatedAt = addon.CreationDate,
    };

    public static CleverProvider? ToModel(this WireProvider provider) => Text(provider.Id) is { } id
        ? new CleverProvider(id, provider.Name ?? id, Texts(provider.Regions), [.. Present(provider.Plans)
            .Where(plan => Text(plan.Id) is not null).Select(ToModel)])
        : null;

    public static CleverProviderVersions ToModel(this WireProviderInfos infos) => new(
        [.. infos.Dedicated?.Keys ?? Enumerable.Empty<string>()],
        Present(infos.Clusters)
            .Where(cluster => Text(cluster.Zone) is not null && Text(cluster.Version) is not null)
            .GroupBy(cluster => cluster.Zone!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(zone => zone.Key, zone => zone.First().Version!, StringComparer.OrdinalIgnoreCase),
        Text(infos.DefaultDedicatedVersion));

    /// <summary>Variables by name; of a name given twice the last value counts.</summary>
    public static IReadOnlyDictionary<string, string> ToModel(this List<WireVariable?> variables)
    {
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in Present(variables))
        {
            if (Text(variable.Name) is { } name)
            {
                byName[name] = variable.Value ?? "";
            }
        }

        return byName;
    }

    /// <summary>The entries that are not null of a list that may be missing.</summary>
    public static IEnumerable<T> Present<T>(IEnumerable<T?>? list) where T : class => list?.OfType<T>() ?? [];

    private static CleverPlan ToModel(this WirePlan plan) => new(
        plan.Id ?? "", plan.Slug ?? "", plan.Name ?? plan.Slug ?? "", plan.Price ?? 0, Texts(plan.Zones), Present(plan.Features).Any(IsShared))
    {
        PriceId = Text(plan.PriceId),
    };

    // Some plans say "false" in computable_value although they are dedicated: the value shown to people is the one to trust.
    private static bool IsShared(WireFeature feature) =>
        (Same(feature.Name, "type") || Same(feature.NameCode, "is-dedicated")) && Same(feature.Value, "shared");

    private static bool Same(string? text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The texts of a list that may be missing, without what is null or empty.</summary>
    public static IReadOnlyList<string> Texts(IEnumerable<string?>? list) => [.. Present(list).Where(text => text.Length > 0)];

    /// <summary>The text; null when it is empty.</summary>
    public static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
