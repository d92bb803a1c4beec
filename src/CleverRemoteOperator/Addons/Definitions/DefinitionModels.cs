using System.Text.Json.Serialization;
using k8s.Models;

namespace CleverRemoteOperator.Addons.Definitions;

/// <summary>How a definition becomes JSON: without what is null.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(V1CustomResourceDefinition))]
internal sealed partial class DefinitionModels : JsonSerializerContext;
