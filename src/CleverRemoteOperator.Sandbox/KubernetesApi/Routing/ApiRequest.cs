using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

/// <summary>What a request asks for, read from its method and path as a Kubernetes API reads them.</summary>
internal sealed record ApiRequest(HttpContext Http, string Verb, string Path)
{
    /// <summary>Whether the path names a resource; other paths are discovery, health and so on.</summary>
    public bool IsResource { get; private init; }

    public string Group { get; private init; } = "";

    public string Version { get; private init; } = "";

    public string Namespace { get; private init; } = "";

    public string Resource { get; private init; } = "";

    public string Name { get; private init; } = "";

    public string Subresource { get; private init; } = "";

    /// <summary>The resource as faults and counters name it: <c>postgresqls.api.clever-cloud.com</c>; empty for other paths.</summary>
    public string QualifiedResource => Group.Length == 0 ? Resource : $"{Resource}.{Group}";

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>What the answer will warn of.</summary>
    public RequestWarnings Warnings { get; } = new();

    public CancellationToken Aborted => Http.RequestAborted;

    public static ApiRequest Read(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        (var group, var version, var start) = parts switch
        {
            ["api", var v, _, ..] => ("", v, 2),
            ["apis", var g, var v, _, ..] => (g, v, 3),
            _ => ("", "", 0),
        };
        if (start == 0)
        {
            return new(http, http.Request.Method.ToLowerInvariant(), path);
        }

        var ns = "";
        ReadOnlySpan<string> rest = parts.AsSpan(start);
        if (rest is ["namespaces", var inside, not ("status" or "finalize"), ..])
        {
            ns = inside;
            rest = rest[2..];
        }
        else if (rest is ["namespaces", var itself, ..])
        {
            ns = itself;
        }

        var name = rest.Length > 1 ? rest[1] : "";
        return new(http, VerbOf(http.Request, name), path)
        {
            IsResource = rest.Length <= 3,
            Group = group,
            Version = version,
            Namespace = ns,
            Resource = rest[0],
            Name = name,
            Subresource = rest.Length > 2 ? rest[2] : "",
        };
    }

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    public bool IsSet(string name) => Query(name) is "true" or "1" or "True" or "t" or "T" or "TRUE";

    private static string VerbOf(HttpRequest request, string name) => request.Method switch
    {
        "GET" or "HEAD" when name.Length > 0 => "get",
        "GET" or "HEAD" => request.Query["watch"].ToString() is "1" or "true" or "True" or "t" or "T" ? "watch" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => name.Length > 0 ? "delete" : "deletecollection",
        _ => request.Method.ToLowerInvariant(),
    };
}
