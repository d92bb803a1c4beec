using System.Text.RegularExpressions;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

/// <summary>Which requests get a fault; what is left null matches all.</summary>
internal sealed record FaultRule(Fault Fault)
{
    public string? Method { get; init; }

    /// <summary>A regular expression found anywhere in the path.</summary>
    public string? Path { get; init; }

    /// <summary>get, list, watch, create, update, patch, delete or deletecollection.</summary>
    public string? Verb { get; init; }

    /// <summary>The plural with its group, such as <c>postgresqls.api.clever-cloud.com</c> or <c>secrets</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>How the client's User-Agent begins: what else asks the server meanwhile is served.</summary>
    public string? UserAgent { get; init; }

    /// <summary>How often; null for always.</summary>
    public int? Times { get; init; }

    public bool Matches(ApiRequest request) =>
        (Method is null || Method.Equals(request.Http.Request.Method, StringComparison.OrdinalIgnoreCase))
        && (Path is null || Regex.IsMatch(request.Path, Path))
        && (Verb is null || Verb == request.Verb)
        && (Resource is null || Resource == request.QualifiedResource)
        && (UserAgent is null || request.Http.Request.Headers.UserAgent.ToString().StartsWith(UserAgent, StringComparison.Ordinal))
        && (!Fault.OnlyWatches || request.Verb == "watch");
}
