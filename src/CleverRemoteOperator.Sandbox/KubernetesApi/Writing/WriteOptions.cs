using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>What the query of a write says beside the object.</summary>
internal sealed record WriteOptions(string Manager, bool DryRun, FieldValidation Validation)
{
    private static readonly string[] DryRuns = ["All"];
    private static readonly string[] Validations = ["Ignore", "Strict", "Warn"];

    /// <summary>Reads the query; throws 422 for values that are not allowed, naming <paramref name="kind"/>.</summary>
    public static WriteOptions Of(ApiRequest request, string kind)
    {
        var dryRun = request.Query("dryRun") ?? "";
        if (dryRun is not ("" or "All"))
        {
            throw ApiErrors.InvalidOption(kind, FieldError.NotSupported("dryRun", JsonWords.Quote(dryRun), DryRuns));
        }

        var validation = request.Query("fieldValidation") is { Length: > 0 } given ? given : "Warn";
        if (!Enum.TryParse(validation, out FieldValidation parsed) || !Validations.Contains(validation))
        {
            throw ApiErrors.InvalidOption(kind, FieldError.NotSupported("fieldValidation", JsonWords.Quote(validation), Validations));
        }

        var manager = request.Query("fieldManager") ?? "";
        if (manager.Length > 128)
        {
            throw ApiErrors.InvalidOption(kind, FieldError.TooLong("fieldManager", 128));
        }

        return new(manager.Length > 0 ? manager : ManagerOf(request), dryRun.Length > 0, parsed);
    }

    /// <summary>Who gives no name is called after its program, as its User-Agent begins.</summary>
    private static string ManagerOf(ApiRequest request)
    {
        var agent = request.Http.Request.Headers.UserAgent.ToString().Split('/')[0];
        return agent.Length switch
        {
            0 => "unknown",
            > 128 => agent[..128],
            _ => agent,
        };
    }
}

/// <summary>What to do about fields nobody knows: they are dropped in any case.</summary>
internal enum FieldValidation
{
    Warn,
    Ignore,
    Strict,
}
