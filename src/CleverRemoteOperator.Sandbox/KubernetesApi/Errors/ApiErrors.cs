using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Errors;

/// <summary>The refusals of a Kubernetes API, worded as it words them.</summary>
internal static class ApiErrors
{
    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiException UnknownResource() =>
        new(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiException NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.QualifiedPlural} \"{name}\" not found", Details(name, type.Group, type.Plural));

    public static ApiException MethodNotAllowed(string message = "the server does not allow this method on the requested resource") =>
        new(405, "MethodNotAllowed", message, []);

    public static ApiException AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.QualifiedPlural} \"{name}\" already exists", Details(name, type.Group, type.Plural));

    public static ApiException Modified(ResourceType type, string name) =>
        Conflict(type, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiException Conflict(ResourceType type, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedPlural} \"{name}\": {why}", Details(name, type.Group, type.Plural));

    /// <summary>A precondition of a delete names the kind without its group, as the API's storage does.</summary>
    public static ApiException PreconditionFailed(ResourceType type, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.Kind} \"{name}\": {why}", Details(name, "", type.Kind));

    public static ApiException Gone(string message) => new(410, "Expired", message);

    public static ApiException TooOld(long resourceVersion, long oldest) =>
        Gone($"too old resource version: {resourceVersion} ({oldest})");

    public static ApiException UnsupportedMediaType(IEnumerable<string> accepted) =>
        new(415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: " + string.Join(", ", accepted));

    public static ApiException TooLargeResourceVersion(long asked, long current)
    {
        JsonObject cause = new() { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" };
        return new(504, "Timeout", $"Timeout: Too large resource version: {asked}, current: {current}", new JsonObject { ["causes"] = new JsonArray(cause) })
        {
            RetryAfterSeconds = 1,
        };
    }

    public static ApiException Forbidden(ResourceType type, string name, string why, JsonObject? cause = null)
    {
        var details = Details(name, type.Group, type.Plural);
        if (cause is not null)
        {
            details["causes"] = new JsonArray(cause);
        }

        var quoted = name.Length == 0 ? "" : $" \"{name}\"";
        return new(403, "Forbidden", $"{type.QualifiedPlural}{quoted} is forbidden: {why}", details);
    }

    public static ApiException Invalid(ResourceType type, string name, IReadOnlyList<FieldError> errors) =>
        Invalid(type.Kind, type.Group, name, errors);

    public static ApiException Invalid(string kind, string group, string name, IReadOnlyList<FieldError> errors)
    {
        string[] texts = [.. errors.Select(error => error.ToString()).Distinct(StringComparer.Ordinal)];
        var all = texts.Length == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        var details = Details(name, group, kind);
        details["causes"] = new JsonArray([.. errors.Select(error => (JsonNode)new JsonObject
        {
            ["reason"] = error.Type,
            ["message"] = error.Detail,
            ["field"] = error.Path,
        })]);
        return new(422, "Invalid", $"{(group.Length == 0 ? kind : $"{kind}.{group}")} \"{name}\" is invalid: {all}", details);
    }

    /// <summary>A patch that leads to what is no object of the kind.</summary>
    /// <param name="patched">What it leads to.</param>
    public static ApiException InvalidPatch(string patched, string why) => Invalid("", "", "", [FieldError.Invalid("patch", JsonWords.Quote(patched), why)]);

    public static ApiException InvalidOption(string options, FieldError error) => Invalid(options, "meta.k8s.io", "", [error]);

    private static JsonObject Details(string name, string group, string kind)
    {
        JsonObject details = [];
        if (name.Length > 0)
        {
            details["name"] = name;
        }

        if (group.Length > 0)
        {
            details["group"] = group;
        }

        if (kind.Length > 0)
        {
            details["kind"] = kind;
        }

        return details;
    }
}
