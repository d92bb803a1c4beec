using System.Globalization;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Reading;

/// <summary>The query of a list or watch, as far as it says what state to start from.</summary>
internal sealed record ListOptions(long? ResourceVersion, bool Exact, int Limit, ContinueToken? Continue, bool SendInitialEvents, bool Bookmarks)
{
    private static readonly string[] Matches = ["Exact", "NotOlderThan"];

    /// <summary>Reads the query; throws 400 and 422 for what is not allowed.</summary>
    public static ListOptions Of(ApiRequest request)
    {
        var match = request.Query("resourceVersionMatch") ?? "";
        var version = request.Query("resourceVersion") ?? "";
        var initial = request.IsSet("sendInitialEvents");
        var watch = request.Verb == "watch";
        if (match.Length > 0 && !Matches.Contains(match))
        {
            throw ApiErrors.InvalidOption("ListOptions", FieldError.NotSupported("resourceVersionMatch", JsonWords.Quote(match), Matches));
        }

        if (watch && initial && match != "NotOlderThan")
        {
            throw Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }

        if (!watch && match.Length > 0 && version.Length == 0)
        {
            throw Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }

        if (!watch && request.Query("sendInitialEvents") is not null)
        {
            throw Forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        }

        if (match == "Exact" && version == "0")
        {
            throw Forbidden("resourceVersionMatch", "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
        }

        var token = request.Query("continue") ?? "";
        if (token.Length > 0 && version.Length > 0 && version != "0")
        {
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        }

        var limit = int.TryParse(request.Query("limit"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) ? Math.Max(0, parsed) : 0;
        // A list of "any version" comes from the watch cache, which knows no pages.
        return new(Parse(version, watch), match == "Exact", version == "0" && match.Length == 0 ? 0 : limit, token.Length > 0 ? ContinueToken.Parse(token) : null, initial, request.IsSet("allowWatchBookmarks"));
    }

    private static long? Parse(string version, bool watch)
    {
        if (version.Length == 0)
        {
            return null;
        }

        if (ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
        {
            return (long)Math.Min(parsed, long.MaxValue);
        }

        var why = $"resourceVersion: Invalid value: \"{version}\": strconv.ParseUint: parsing \"{version}\": invalid syntax";
        throw watch ? new ApiException(500, "", why) : ApiErrors.BadRequest("invalid resource version: " + why);
    }

    private static ApiException Forbidden(string field, string why) => ApiErrors.InvalidOption("ListOptions", FieldError.Forbidden(field, why));
}
