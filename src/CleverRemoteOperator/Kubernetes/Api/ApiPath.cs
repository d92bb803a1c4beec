using System.Text;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Paths of the Kubernetes API, below the server's address and without a leading slash; only from names Kubernetes allows.</summary>
internal static class ApiPath
{
    /// <summary>Path of a collection, of one object (<paramref name="name"/>) or of a part of it (<paramref name="subresource"/>).</summary>
    /// <param name="namespace">Null for all namespaces.</param>
    /// <exception cref="KubernetesApiException">A name is not one that Kubernetes allows; no request was made.</exception>
    public static string Of(ApiResource type, string? @namespace, string? name = null, string? subresource = null)
    {
        var path = new StringBuilder(Root(type.Group, type.Version));
        if (@namespace is not null)
        {
            path.Append("/namespaces/").Append(Checked(@namespace, "namespace", KubernetesNames.IsLabel(@namespace)));
        }

        path.Append('/').Append(Checked(type.Plural, "resource", KubernetesNames.IsLabel(type.Plural)));
        if (name is not null)
        {
            path.Append('/').Append(Checked(name, "name", KubernetesNames.IsSubdomain(name)));
        }

        return subresource is null ? path.ToString() : path.Append('/').Append(subresource).ToString();
    }

    /// <summary>Path of a group, or of one version of it.</summary>
    public static string Root(string group, string? version = null)
    {
        var root = group.Length == 0 ? "api" : "apis/" + Checked(group, "API group", KubernetesNames.IsSubdomain(group));
        return version is null ? root : $"{root}/{Checked(version, "API version", KubernetesNames.IsSubdomain(version))}";
    }

    /// <summary>Path and query; values are escaped, those that are null left out.</summary>
    public static string WithQuery(string path, params IEnumerable<(string Key, string? Value)> query)
    {
        var pairs = query.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!)}");
        return string.Join('?', new[] { path, string.Join('&', pairs) }.Where(part => part.Length > 0));
    }

    /// <summary>What a request is about, for metrics: a verb and a plural of Kubernetes, or <c>discovery</c> or <c>version</c>.</summary>
    public static (string Verb, string Resource) Describe(HttpMethod method, string pathAndQuery)
    {
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var segments = (query < 0 ? pathAndQuery : pathAndQuery[..query]).Split('/');
        var at = segments[0] switch { "api" => 2, "apis" => 3, _ => int.MaxValue };
        if (at >= segments.Length)
        {
            return ("get", segments[0] == "version" ? "version" : "discovery");
        }

        if (segments[at] == "namespaces" && segments.Length > at + 2)
        {
            at += 2;
        }

        var isCollection = segments.Length == at + 1;
        var verb = method.Method switch
        {
            "GET" when pathAndQuery.Contains("watch=1", StringComparison.Ordinal) => "watch",
            "GET" => isCollection ? "list" : "get",
            "POST" => "create",
            "PUT" => "update",
            _ => method.Method.ToLowerInvariant(),
        };
        return (verb, segments.Length > at + 2 ? $"{segments[at]}/{segments[at + 2]}" : segments[at]);
    }

    private static string Checked(string value, string what, bool valid) => valid
        ? value
        : throw new KubernetesApiException($"'{Printable.Of(value, 64)}' is not a Kubernetes {what}: no request was made", null, "InvalidName");
}
