using System.Text;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>ConfigMaps.</summary>
internal sealed class ConfigMapRules() : KeyedDataRules("ConfigMap", "data", "binaryData")
{
    protected override int SizeOf(string field, JsonNode? value) => Encoding.UTF8.GetByteCount(value?.GetValue<string>() ?? "");
}
