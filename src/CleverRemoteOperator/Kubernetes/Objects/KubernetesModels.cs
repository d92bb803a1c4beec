using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;

namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>
/// How Kubernetes' own types, and merge patches, travel as JSON. What is null in a model is not written: a server-side apply owns just
/// the fields it says. In a patch it is, as it removes a field.
/// </summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false, Converters = [typeof(KubernetesTime)])]
[JsonSerializable(typeof(Corev1Event))]
[JsonSerializable(typeof(V1APIGroup))]
[JsonSerializable(typeof(V1APIResourceList))]
[JsonSerializable(typeof(V1Lease))]
[JsonSerializable(typeof(V1Secret))]
[JsonSerializable(typeof(V1Status))]
[JsonSerializable(typeof(VersionInfo))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class KubernetesModels : JsonSerializerContext;

/// <summary>Times in UTC, with the six digits a MicroTime must have and a Time may have.</summary>
internal sealed class KubernetesTime : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset().UtcDateTime;

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
}
