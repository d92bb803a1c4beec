using System.Security.Cryptography;
using System.Text;

namespace CleverRemoteOperator.Tests.Watching;

/// <summary>What a Kubernetes API says, as text.</summary>
internal static class Json
{
    public static string Redis(string name, int version, string spec = """{"plan":"s_mono"}""", string? uid = null) =>
        $$$"""
        {"apiVersion":"api.clever-cloud.com/v1","kind":"Redis","metadata":{"name":"{{{name}}}","namespace":"team-a","uid":"{{{uid ?? UidOf(name)}}}","resourceVersion":"{{{version}}}","generation":1,"creationTimestamp":"2026-01-02T03:04:05Z","managedFields":[{"manager":"kubectl","fieldsV1":{"f:spec":{} } } ] },"spec":{{{spec}}}}
        """;

    /// <summary>The uid of the object of that name, always the same.</summary>
    public static string UidOf(string name) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();

    public static string Event(string type, string item) => $$"""{"type":"{{type}}","object":{{item}}}""";

    public static string Bookmark(int version, bool endsInitialEvents = false) => Event("BOOKMARK", $$$"""
        {"apiVersion":"api.clever-cloud.com/v1","kind":"Redis","metadata":{"resourceVersion":"{{{version}}}","creationTimestamp":null{{{(endsInitialEvents ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "")}}}}}
        """.Trim());

    public static string Status(int code, string reason, string message = "scripted") =>
        $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"{{message}}","reason":"{{reason}}","code":{{code}}}""";

    public static string List(int version, string? next, params string[] items) =>
        $$$"""{"apiVersion":"api.clever-cloud.com/v1","kind":"RedisList","metadata":{"resourceVersion":"{{{version}}}","continue":"{{{next}}}"},"items":[{{{string.Join(',', items)}}}]}""";
}
