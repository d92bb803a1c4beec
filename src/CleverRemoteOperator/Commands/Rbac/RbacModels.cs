using System.Text.Json.Serialization;
using k8s.Models;

namespace CleverRemoteOperator.Commands.Rbac;

/// <summary>How what grants permissions becomes JSON: without what is null.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(V1Namespace))]
[JsonSerializable(typeof(V1ServiceAccount))]
[JsonSerializable(typeof(V1Role))]
[JsonSerializable(typeof(V1RoleBinding))]
[JsonSerializable(typeof(V1ClusterRole))]
[JsonSerializable(typeof(V1ClusterRoleBinding))]
internal sealed partial class RbacModels : JsonSerializerContext;
