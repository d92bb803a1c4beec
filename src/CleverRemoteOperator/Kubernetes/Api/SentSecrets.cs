using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>What was secret in a request, so that an answer that echoes it is not shown with it: how we proved who we are, and the values of a Secret.</summary>
internal static class SentSecrets
{
    /// <param name="message">The request as it was sent; null when it is not known.</param>
    /// <param name="body">Its body; null for none.</param>
    public static SecretValues Of(HttpRequestMessage? message, byte[]? body = null)
    {
        var proof = message?.Headers.Authorization?.Parameter;
        return proof is null && body is null ? SecretValues.None : SecretValues.Of([proof, .. Password(proof)]).With([.. Values(body is null ? null : JsonAnswer.TryParse(body))]);
    }

    // Basic authentication: "name:password" in base64.
    private static IEnumerable<string> Password(string? proof)
    {
        var bytes = new byte[proof?.Length ?? 0];
        return proof is not null && Convert.TryFromBase64String(proof, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, { Length: > 0 } password] ? [password] : [];
    }

    private static IEnumerable<string> Values(JsonObject? body)
    {
        if (body.Text("kind") != "Secret")
        {
            return [];
        }

        var given = Texts(body!["stringData"]).SelectMany(value => new[] { value, Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) });
        var encoded = Texts(body["data"]).SelectMany(value => new[] { value, Base64Text.Unwrap(value, times: 1) });
        return given.Concat(encoded);
    }

    private static IEnumerable<string> Texts(JsonNode? values) =>
        values is JsonObject map ? map.Select(pair => pair.Value.Text()).OfType<string>() : [];
}
