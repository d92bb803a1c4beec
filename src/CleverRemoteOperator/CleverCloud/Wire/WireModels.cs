using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverRemoteOperator.CleverCloud.Wire;

/// <summary>GET /v2/self, as far as it is read.</summary>
internal sealed record WireSelf(string? Id);

/// <summary>An add-on in the v2 API.</summary>
internal sealed record WireAddon(
    string? Id, string? RealId, string? Name, string? Region, WireProvider? Provider, WirePlan? Plan,
    [property: JsonConverter(typeof(LooseTime))] DateTimeOffset? CreationDate);

/// <summary>A provider; embedded in an add-on it comes without plans.</summary>
internal sealed record WireProvider(string? Id, string? Name, List<string?>? Regions, List<WirePlan?>? Plans);

/// <summary>A plan of a provider.</summary>
internal sealed record WirePlan(
    string? Id, string? Slug, string? Name, double? Price, List<string?>? Zones, List<WireFeature?>? Features,
    [property: JsonPropertyName("price_id"), JsonConverter(typeof(LooseText))] string? PriceId);

/// <summary>What a plan has: <c>Type</c> = <c>Shared</c> is the one that is read.</summary>
internal sealed record WireFeature(
    string? Name,
    [property: JsonConverter(typeof(LooseText))] string? Value,
    [property: JsonPropertyName("name_code")] string? NameCode);

/// <summary>GET /v4/addon-providers/{provider}: <c>clusters</c> are the shared ones.</summary>
internal sealed record WireProviderInfos(
    List<WireCluster?>? Clusters,
    Dictionary<string, JsonElement>? Dedicated,
    [property: JsonConverter(typeof(LooseText))] string? DefaultDedicatedVersion);

/// <summary>The cluster of a zone's shared plans.</summary>
internal sealed record WireCluster(string? Zone, [property: JsonConverter(typeof(LooseText))] string? Version);

/// <summary>A variable of an environment.</summary>
internal sealed record WireVariable(string? Name, [property: JsonConverter(typeof(LooseText))] string? Value);

/// <summary>Body of a creation.</summary>
internal sealed record WireCreation(string Name, string Region, string ProviderId, string Plan, IReadOnlyDictionary<string, string> Options);

/// <summary>Body of a renaming: whatever else an add-on has, it cannot be changed so.</summary>
internal sealed record WireName(string Name);

/// <summary>The error bodies of v2 (<c>message</c>, <c>id</c>) and v4 (<c>error</c>, <c>code</c>).</summary>
internal sealed record WireError(
    [property: JsonConverter(typeof(LooseText))] string? Message,
    [property: JsonConverter(typeof(LooseText))] string? Error,
    [property: JsonConverter(typeof(LooseText))] string? Code,
    [property: JsonConverter(typeof(LooseText))] string? Id);
