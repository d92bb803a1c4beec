using System.Text.Json.Serialization;

namespace CleverRemoteOperator.CleverCloud.Wire;

/// <summary>Reads and writes what travels; unknown fields are ignored, nesting ends at 64.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString, MaxDepth = 64)]
[JsonSerializable(typeof(WireSelf))]
[JsonSerializable(typeof(WireAddon))]
[JsonSerializable(typeof(List<WireAddon?>))]
[JsonSerializable(typeof(List<WireProvider?>))]
[JsonSerializable(typeof(WireProviderInfos))]
[JsonSerializable(typeof(List<WireVariable?>))]
[JsonSerializable(typeof(WireCreation))]
[JsonSerializable(typeof(WireName))]
[JsonSerializable(typeof(WireError))]
internal sealed partial class WireJson : JsonSerializerContext;
