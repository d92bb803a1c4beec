namespace CleverRemoteOperator.Configuration;

/// <summary>Origins of the Clever API: the public ones, and how a written endpoint becomes an origin.</summary>
internal static class ApiEndpoint
{
    /// <summary>Serves signed (OAuth1) requests.</summary>
    public static readonly Uri Public = new("https://api.clever-cloud.com");

    /// <summary>Serves bearer tokens.</summary>
    public static readonly Uri PublicBridge = new("https://api-bridge.clever-cloud.com");

    /// <summary>The origin of an endpoint, a trailing <c>/v2</c> or <c>/v4</c> dropped; null when it is something else.</summary>
    public static Uri? Parse(string text)
    {
        var trimmed = text.Trim().TrimEnd('/');
        return ParseOrigin(trimmed.EndsWith("/v2", StringComparison.Ordinal) || trimmed.EndsWith("/v4", StringComparison.Ordinal) ? trimmed[..^3] : trimmed);
    }

    /// <summary>An http or https origin; null when the text has user, path, query, fragment, or is no such address.</summary>
    public static Uri? ParseOrigin(string text)
    {
        // The text is compared as well: Uri drops an empty user or query and resolves dots in a path.
        var plain = text.Trim().TrimEnd('/');
        return Uri.TryCreate(plain, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            && uri is { UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" } && uri.Host.Length > 0
            && plain.IndexOfAny(['@', '?', '#', '\\', '%']) < 0 && plain.Count(c => c == '/') == 2
            ? new Uri(uri.GetLeftPart(UriPartial.Authority))
            : null;
    }
}

/// <summary>Which origins an endpoint may name.</summary>
/// <param name="Allowed">The same in words, as the end of a message.</param>
internal sealed record EndpointRule(Func<Uri, bool> IsAllowed, string Allowed)
{
    /// <summary>For the operator's own configuration: https, plain http to this machine, or what it lists itself.</summary>
    public static EndpointRule OfOperator(IReadOnlyList<Uri> listed) => new(
        origin => origin.Scheme == Uri.UriSchemeHttps || origin.IsLoopback || listed.Contains(origin),
        "https, or plain http to this machine or to an origin of operator.allowed-endpoints");

    /// <summary>For a namespace Secret: the two public origins, the operator's own, and what the operator lists.</summary>
    public static EndpointRule OfNamespaces(OperatorConfiguration configuration) => new(
        origin => origin == ApiEndpoint.Public || origin == ApiEndpoint.PublicBridge || origin == configuration.Api?.Endpoint
            || configuration.Operator.AllowedEndpoints.Contains(origin),
        $"{ApiEndpoint.Public.GetLeftPart(UriPartial.Authority)}, {ApiEndpoint.PublicBridge.GetLeftPart(UriPartial.Authority)}, and what the operator's configuration lists as allowed-endpoints");
}
