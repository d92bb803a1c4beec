using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.CleverApi.Authorization;

/// <summary>The parts of a request that a signature covers, as the client saw them: <paramref name="Url"/> has scheme, host, port and escaped path, <paramref name="Query"/> decoded pairs.</summary>
internal sealed record SignedRequest(string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Query)
{
    public static SignedRequest Of(HttpRequest request)
    {
        var isDefaultPort = request.Host.Port is null || (request.Scheme == "http" && request.Host.Port == 80);
        var host = isDefaultPort ? request.Host.Host : request.Host.Value;
        var query = request.Query.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))).ToList();
        var path = request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? request.Path.Value;
        return new SignedRequest(request.Method, $"{request.Scheme}://{host}{path}", query);
    }
}
