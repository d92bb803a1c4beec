using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class WorkloadTests
{
    [Fact]
    public void The_Secrets_its_pods_read_are_found_wherever_they_are_named()
    {
        var workload = Workload.Read(JsonNode.Parse("""
            {"metadata":{"name":"shop","uid":"u"},"spec":{"template":{"metadata":{"annotations":{"api.clever-cloud.com/secret-checksum":"c"}},"spec":{
              "containers":[{"env":[{"name":"A","value":"x"},{"name":"B","valueFrom":{"secretKeyRef":{"name":"env","key":"k"}}}],"envFrom":[{"secretRef":{"name":"from"}},{"configMapRef":{"name":"no"}}]}],
              "initContainers":[{"envFrom":[{"secretRef":{"name":"init"}}]}],
              "imagePullSecrets":[{"name":"pull"}],
              "volumes":[{"secret":{"secretName":"volume"}},{"projected":{"sources":[{"secret":{"name":"projected"}},{"configMap":{"name":"no"}}]}}]}}}}
            """));

        Assert.Equal(("shop", "u", "c"), (workload.Name, workload.Uid, workload.Checksum));
        Assert.Equal(["env", "from", "init", "projected", "volume"], workload.Secrets.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"metadata":[],"spec":{"template":"x"}}""")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[7,null,{"env":{},"envFrom":["a"]}],"volumes":[{"secret":"a","projected":{"sources":7}}]}}}}""")]
    public void What_is_not_as_Kubernetes_has_it_names_none(string json) => Assert.Empty(Workload.Read(JsonNode.Parse(json)).Secrets);
}
