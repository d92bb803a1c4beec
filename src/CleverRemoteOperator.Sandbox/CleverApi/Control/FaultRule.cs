using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace CleverRemoteOperator.Sandbox.CleverApi.Control;

/// <summary>A fault to play on requests: which (no method or route means any), how often (<c>times</c> absent = always) and exactly one effect.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FaultRule
{
    public const string DropBefore = "before";
    public const string DropAfter = "after";

    public string? Method { get; init; }

    /// <summary>A route template; the names of its parameters do not matter, a plain path works too.</summary>
    public string? Route { get; init; }

    public int? Times { get; init; }

    /// <summary>Answer with this status, the body the platform uses with it and <see cref="Headers"/>.</summary>
    public int? Status { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The JSON to answer with instead of the platform's body; goes with <see cref="Status"/>, such as 200 and <c>[]</c> for a list that lies.</summary>
    public string? Body { get; init; }

    /// <summary>Serve the request, and leave out of the list in the answer what has one of these ids or real ids.</summary>
    public IReadOnlyList<string>? Hide { get; init; }

    /// <summary>Serve the request this many milliseconds later.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>Never answer.</summary>
    public bool? Hang { get; init; }

    /// <summary>Cut the connection <c>before</c> or <c>after</c> the request took effect.</summary>
    public string? Drop { get; init; }

    /// <summary>Why the rule cannot be used, or null.</summary>
    public string? Problem() => this switch
    {
        _ when Effects() != 1 => "exactly one of status, latencyMs, hang: true, drop, hide is needed",
        { Times: < 1 } => "times must be 1 or more; leave it out for always",
        { Status: < 200 or > 599 } => "status must be from 200 to 599",
        { Status: null, Headers: not null } => "headers go with status only",
        { Status: null, Body: not null } => "body goes with status only",
        { LatencyMs: < 0 } => "latencyMs must be 0 or more",
        { Drop: not null and not DropBefore and not DropAfter } => "drop must be \"before\" or \"after\"",
        { Route: not null } when !Route.StartsWith('/') => "route must begin with /",
        { Route: not null } => TemplateProblem(Route),
        _ => null,
    };

    public bool Matches(string method, PathString path) =>
        (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        && (Route is null || new TemplateMatcher(TemplateParser.Parse(Route), []).TryMatch(path, []));

    private static string? TemplateProblem(string route)
    {
        try
        {
            TemplateParser.Parse(route);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"route '{route}' is no route template: {exception.Message}";
        }
    }

    private int Effects() => (Status is null ? 0 : 1) + (LatencyMs is null ? 0 : 1) + (Hang == true ? 1 : 0) + (Drop is null ? 0 : 1) + (Hide is null ? 0 : 1);
}
