using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Errors;

/// <summary>A refusal, with all that the Status answered for it says.</summary>
internal class ApiException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>Sent as Retry-After and in the details, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>A token to go on with after an expired one, in the Status' list metadata.</summary>
    public string? Continue { get; init; }

    public JsonObject ToStatus()
    {
        JsonObject status = new()
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = Continue is null ? [] : new JsonObject { ["continue"] = Continue },
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (reason.Length > 0)
        {
            status["reason"] = reason;
        }

        if (details is not null)
        {
            status["details"] = details.DeepClone();
        }

        if (RetryAfterSeconds is { } seconds)
        {
            status.Ensure("details")["retryAfterSeconds"] = seconds;
        }

        status["code"] = Code;
        return status;
    }
}
