using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Acting;

namespace CleverRemoteOperator.Benchmarks.Micro;

/// <summary>The connection Secret, from an add-on's environment to the text that is sent.</summary>
public class ConnectionSecretBenchmarks
{
    private readonly AddonResource _resource = SampleResource.Read();

    private readonly Dictionary<string, string> _environment = new()
    {
        ["POSTGRESQL_ADDON_DB"] = "b0123456789abcdef012",
        ["POSTGRESQL_ADDON_HOST"] = "b0123456789abcdef012-postgresql.services.example.com",
        ["POSTGRESQL_ADDON_PASSWORD"] = "0123456789abcdef0123",
        ["POSTGRESQL_ADDON_PORT"] = "5432",
        ["POSTGRESQL_ADDON_URI"] = "postgresql://u0123456789abcdef012:0123456789abcdef0123@b0123456789abcdef012-postgresql.services.example.com:5432/b0123456789abcdef012",
        ["POSTGRESQL_ADDON_USER"] = "u0123456789abcdef012",
        ["POSTGRESQL_ADDON_VERSION"] = "17",
    };

    [Benchmark(Description = "connection Secret, rendered")]
    public byte[] Render() => JsonSerializer.SerializeToUtf8Bytes(
        ConnectionSecret.Render(_resource, "orders", _environment, existing: null, onlyNew: true), KubernetesModels.Default.V1Secret);
}
