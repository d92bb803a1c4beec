using System.Text;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Benchmarks.Micro;

/// <summary>A resource that is Ready, as a kube-apiserver shows it after kubectl and the operator wrote it.</summary>
internal static class SampleResource
{
    private const string Uid = "7f8c1f0e-6c2b-4c7d-9d1e-0a1b2c3d4e5f";

    private const string Fields = """
        {"f:metadata":{"f:annotations":{".":{},"f:api.clever-cloud.com/created":{}},"f:finalizers":{".":{},"v:\"api.clever-cloud.com/postgresql\"":{}}},"f:spec":{".":{},"f:plan":{},"f:region":{},"f:version":{}},"f:status":{".":{},"f:addon":{},"f:conditions":{".":{},"k:{\"type\":\"AddonReady\"}":{".":{},"f:lastTransitionTime":{},"f:message":{},"f:reason":{},"f:status":{},"f:type":{}},"k:{\"type\":\"Ready\"}":{".":{},"f:lastTransitionTime":{},"f:message":{},"f:reason":{},"f:status":{},"f:type":{}}},"f:observedGeneration":{},"f:secret":{}}}
        """;

    public static ApiResource Type { get; } = new(AddonCatalog.Group, "v1", "postgresqls", "PostgreSQL");

    public static AddonResource Read() => ObjectReading.Addons(Type, TimeProvider.System).Read(Encoding.UTF8.GetBytes(Json(1)));

    public static string Json(int revision) => $$$"""
        {"apiVersion":"api.clever-cloud.com/v1","kind":"PostgreSQL","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"api.clever-cloud.com/v1\",\"kind\":\"PostgreSQL\",\"metadata\":{\"name\":\"orders\",\"namespace\":\"shop\"},\"spec\":{\"plan\":\"xs_sml\",\"region\":\"par\",\"version\":17}}"},"creationTimestamp":"2026-03-01T10:00:00Z","finalizers":["api.clever-cloud.com/postgresql"],"generation":1,"managedFields":[{"apiVersion":"api.clever-cloud.com/v1","fieldsType":"FieldsV1","fieldsV1":{{{Fields}}},"manager":"kubectl","operation":"Apply","time":"2026-03-01T10:00:00Z"},{"apiVersion":"api.clever-cloud.com/v1","fieldsType":"FieldsV1","fieldsV1":{{{Fields}}},"manager":"clever-remote-operator","operation":"Update","subresource":"status","time":"2026-03-01T10:00:01Z"}],"name":"orders","namespace":"shop","resourceVersion":"{{{revision}}}","uid":"{{{Uid}}}"},"spec":{"plan":"xs_sml","region":"par","version":17},"status":{"addon":"addon_00000000-0000-4000-8000-000000000001","conditions":[{"lastTransitionTime":"2026-03-01T10:00:01Z","message":"the add-on is there","observedGeneration":1,"reason":"Created","status":"True","type":"AddonReady"},{"lastTransitionTime":"2026-03-01T10:00:01Z","message":"the Secret orders holds the add-on's environment","observedGeneration":1,"reason":"Published","status":"True","type":"SecretReady"},{"lastTransitionTime":"2026-03-01T10:00:01Z","message":"add-on addon_00000000-0000-4000-8000-000000000001, Secret orders","observedGeneration":1,"reason":"Available","status":"True","type":"Ready"}],"observedGeneration":1,"secret":"orders"}}
        """;
}
