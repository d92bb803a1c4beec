namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>A patch that the API refuses, with the HTTP code, reason (empty for none) and message of the Status to answer.</summary>
internal class PatchException(int code, string reason, string message) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public static PatchException BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>What the API answers, without details, when a well-formed patch does not fit the object.</summary>
    public static PatchException Rejected() =>
        new(422, "Invalid", "the server rejected our request due to an error in our request");
}
