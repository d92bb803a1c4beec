using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverRemoteOperator.Observability.Pages;

/// <summary>Writes <see cref="StatusPage"/> without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusPage))]
internal sealed partial class StatusJson : JsonSerializerContext;
