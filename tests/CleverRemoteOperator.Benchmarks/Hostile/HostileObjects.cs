using System.Security.Cryptography;
using System.Text;

namespace CleverRemoteOperator.Benchmarks.Hostile;

/// <summary>What a server that means harm says of objects.</summary>
/// <param name="ApiVersion">Of the objects asked for.</param>
/// <param name="Kind">Of the objects asked for.</param>
internal sealed record HostileObjects(string ApiVersion, string Kind)
{
    public const string Secret = "Secret";

    public const string Namespace = "Namespace";

    private static readonly string Padding = new('x', 4 * 1024 * 1024);

    /// <summary>An object; no plan of that name exists, so that nothing is ever created for it.</summary>
    public string Object(string name, string @namespace, long revision, int padding = 0, string metadata = "") =>
        $$$"""{"apiVersion":"{{{ApiVersion}}}","kind":"{{{Kind}}}","metadata":{"name":"{{{name}}}","namespace":"{{{@namespace}}}","uid":"{{{Uid(name, @namespace)}}}","resourceVersion":"{{{revision}}}","generation":1,"creationTimestamp":"2026-01-02T03:04:05Z"{{{metadata}}} },"spec":{"plan":"nonsense","region":"par","text":"{{{Padding.AsSpan(0, padding)}}}"}}""";

    private static Guid Uid(string name, string @namespace) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{@namespace}/{name}")).AsSpan(0, 16));

    public static string Event(string type, string item) => $$"""{"type":"{{type}}","object":{{item}}}""" + "\n";

    /// <summary>The line that ends the initial list.</summary>
    public string Synced(long revision) => Event("BOOKMARK",
        $$$$"""{"apiVersion":"{{{{ApiVersion}}}}","kind":"{{{{Kind}}}}","metadata":{"resourceVersion":"{{{{revision}}}}","annotations":{"k8s.io/initial-events-end":"true"}}}""");

    /// <summary>A page of a list that says there is one more.</summary>
    public string Page(string next, IEnumerable<string> items) =>
        $$$"""{"apiVersion":"{{{ApiVersion}}}","kind":"{{{Kind}}}List","metadata":{"resourceVersion":"7","continue":"{{{next}}}"},"items":[{{{string.Join(',', items)}}}]}""";

    public static string Status(int code, string reason) =>
        $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"on purpose","reason":"{{reason}}","code":{{code}}}""";

    /// <summary>Annotations and finalizers without end.</summary>
    public static string Metadata(int bytes) =>
        $$""","annotations":{"api.clever-cloud.com/text":"{{Padding.AsSpan(0, bytes)}}"},"finalizers":[{{string.Join(',', Enumerable.Range(0, bytes / 16).Select(number => $"\"example.com/{number}\""))}}]""";

    /// <summary>So many bytes of nothing.</summary>
    public static byte[] Zeros(int bytes) => Encoding.ASCII.GetBytes(Padding[..bytes]);
}
