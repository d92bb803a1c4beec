using Microsoft.Net.Http.Headers;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

/// <summary>One form a client accepts: a media type, and the conversion its parameters ask for.</summary>
internal sealed record MediaRange(string Type, string As, string Group, string Version)
{
    public bool IsJson => Type is "application/json" or "application/*" or "*/*";

    /// <summary>What the client accepts, best first; JSON where it says nothing.</summary>
    public static IReadOnlyList<MediaRange> Accepted(ApiRequest request)
    {
        var header = request.Http.Request.Headers.Accept.ToString();
        return MediaTypeHeaderValue.TryParseList([header], out var values) && values.Count > 0
            ? [.. values.OrderByDescending(value => value.Quality ?? 1).Select(Read)]
            : [new("application/json", "", "", "")];
    }

    private static MediaRange Read(MediaTypeHeaderValue value) =>
        new(value.MediaType.Value ?? "", Parameter(value, "as"), Parameter(value, "g"), Parameter(value, "v"));

    private static string Parameter(MediaTypeHeaderValue value, string name) =>
        value.Parameters.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value.Value ?? "";
}
