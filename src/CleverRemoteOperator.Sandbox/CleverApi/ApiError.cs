using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.CleverApi;

/// <summary>An answer that is an error, thrown by a handler and written by the pipeline in the form its family of paths uses.</summary>
internal sealed class ApiError : Exception
{
    private ApiError(int status, string body, string contentType = "application/json")
        : base($"{status} {body}")
    {
        Status = status;
        Body = body;
        ContentType = contentType;
    }

    public int Status { get; }

    public string Body { get; }

    public string ContentType { get; }

    public static ApiError NotConnected => V2(401, 2001, "Not connected");

    public static ApiError AddonMissing => V2(404, 11001, "This addon does not exist.");

    public static ApiError AddonOfAnother => V2(403, 10300, "This addon does not belong to you.");

    public static ApiError OwnerMissing => V2(404, SyntheticId.OwnerMissing, "This organisation does not exist.");

    public static ApiError OwnerOfAnother => V2(403, SyntheticId.OwnerOfAnother, "You are not a member of this organisation.");

    /// <summary>The gateway's page for a path nothing serves.</summary>
    public static ApiError NotRouted => new(404, "<html><body><h1>404 Not Found</h1></body></html>", "text/html");

    /// <summary>An answer somebody else wrote.</summary>
    public static ApiError Answer(int status, string json) => new(status, json);

    public static ApiError V2(int status, int id, string message) =>
        new(status, new JsonObject { ["id"] = id, ["message"] = message, ["type"] = "error" }.ToJsonString(JsonText.Options));

    public static ApiError V4(int status, string code, string message) =>
        new(status, new JsonObject
        {
            ["apiRequestId"] = "sandbox",
            ["code"] = code,
            ["context"] = new JsonObject { ["type"] = "empty" },
            ["error"] = message,
        }.ToJsonString(JsonText.Options));

    public static ApiError V4Missing(string what) => V4(404, "clever.core.not-found", what);

    public static ApiError V4Bad(string what) => V4(400, "clever.core.bad-request", what);

    /// <summary>A body that is no JSON, or not of the expected shape.</summary>
    public static ApiError Malformed(string why) => new(400, "The request content was malformed: " + why, "text/plain");

    /// <summary>A field of the body that must be there and is not.</summary>
    public static ApiError FieldMissing(string field) =>
        new(400, new JsonObject
        {
            ["obj." + field] = new JsonArray(new JsonObject { ["msg"] = new JsonArray("error.path.missing"), ["args"] = new JsonArray() }),
        }.ToJsonString(JsonText.Options));

    /// <summary>The error body the platform sends with a bare <paramref name="status"/> on <paramref name="path"/>.</summary>
    public static ApiError ForStatus(int status, PathString path) => (status, path.StartsWithSegments("/v4")) switch
    {
        (401, _) => NotConnected,
        (403, false) => V2(403, 403, "You have performed that request too much."),
        (429, true) => V4(429, "clever.core.too-many-requests", "Too many requests"),
        (_, true) => V4(status, "clever.core.sandbox-fault", "Fault asked for by the sandbox's control routes"),
        (503, _) => V2(503, -500, "Error from provider: [sandbox fault]"),
        _ => V2(status, SyntheticId.Fault, "Fault asked for by the sandbox's control routes"),
    };

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = ContentType;
        return response.WriteAsync(Body, response.HttpContext.RequestAborted);
    }
}
