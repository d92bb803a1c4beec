using System.Text.Json;
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
[JsonSerializable(typeof(List<string?>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(WireMigration))]
[JsonSerializable(typeof(List<WireMigration?>))]
[JsonSerializable(typeof(WireMigrationRequest))]
[JsonSerializable(typeof(WireDetail))]
[JsonSerializable(typeof(WireVersionCheck))]
[JsonSerializable(typeof(WireVersionUpdate))]
[JsonSerializable(typeof(List<WireBackup?>))]
[JsonSerializable(typeof(WirePrices))]
[JsonSerializable(typeof(WireToken))]
[JsonSerializable(typeof(WireWebhook))]
[JsonSerializable(typeof(List<WireWebhook?>))]
[JsonSerializable(typeof(WireWebhookRequest))]
[JsonSerializable(typeof(List<WireKubernetes?>))]
[JsonSerializable(typeof(WireError))]
internal sealed partial class WireJson : JsonSerializerContext;
