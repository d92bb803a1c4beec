using System.Text.RegularExpressions;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.CleverCloud.Http;

/// <summary>One request, before it is signed.</summary>
/// <param name="Method">Only a POST is not repeated.</param>
/// <param name="Route">Path with names in braces: what logs, metrics and messages show.</param>
/// <param name="Path">Path with the values.</param>
/// <param name="Body">JSON; absent for none.</param>
internal sealed partial record CleverRequest(HttpMethod Method, string Route, string Path, byte[]? Body)
{
    /// <summary>The most that is read of an answer, in bytes. Default 4 MiB.</summary>
    public int AnswerLimit { get; init; } = 4 * 1024 * 1024;

    /// <summary>The form the answer is wanted in. Default JSON.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Asked when its body begins to leave; false keeps it from doing so. Default always.</summary>
    public Func<bool> MayLeave { get; init; } = () => true;

    /// <summary>True for what everybody may ask: it goes without credentials, so that no lack of rights can refuse it.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Values within the body that no message may show, should an answer echo them; those shorter than <see cref="SecretValues.Shortest"/> are not hidden.</summary>
    public IReadOnlyCollection<string> Secrets { get; init; } = [];

    /// <summary>True when sending it twice is the same as sending it once.</summary>
    public bool IsIdempotent => Method != HttpMethod.Post;

    /// <summary>The request to <paramref name="route"/> with these ids in its braces, in order.</summary>
    /// <exception cref="CleverApiException">A value is no id, so it could lead to another path.</exception>
    public static CleverRequest To(HttpMethod method, string route, params ReadOnlySpan<string> ids)
    {
        var path = route;
        foreach (var id in ids)
        {
            if (!IsId(id))
            {
                throw new CleverApiException(
                    $"{method} {route}: \"{Printable.Of(id, 64)}\" is not an ID; allowed: 1 to 128 letters, digits, '_' and '-'", CleverFailureKind.InvalidRequest);
            }

            path = Brace().Replace(path, id, 1);
        }

        return new CleverRequest(method, route, path, null);
    }

    /// <summary>The same request asking for <paramref name="value"/> in its query; the route does not show it.</summary>
    public CleverRequest With(string name, string value) =>
        this with { Path = $"{Path}{(Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}" };

    /// <summary>True for text that can be an id of Clever Cloud and nothing else in a path.</summary>
    public static bool IsId(string text) => Id().IsMatch(text);

    public override string ToString() => $"{Method} {Route}";

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Brace();
}
