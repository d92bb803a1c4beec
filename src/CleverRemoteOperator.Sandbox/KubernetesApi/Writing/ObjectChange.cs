using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>The next state of an object; one that was applied brings its managedFields with it.</summary>
internal sealed record ObjectChange(JsonObject Next, bool Applied = false);
