using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>Reads the <c>ExecCredential</c> a program wrote.</summary>
internal static class ExecAnswer
{
    /// <summary>The credential; null when it is none.</summary>
    /// <param name="wrong">What is wrong with it, without a value of it.</param>
    public static Credential? Read(ReadOnlyMemory<byte> answer, string apiVersion, out string wrong)
    {
        var document = JsonAnswer.TryParse(answer.Span);
        wrong = $"did not write an ExecCredential of {apiVersion}";
        return document.Text("kind") == "ExecCredential" && document.Text("apiVersion") == apiVersion
            ? Read(document!["status"], out wrong)
            : null;
    }

    private static Credential? Read(JsonNode? status, out string wrong)
    {
        string Text(string key) => status.Text(key) ?? "";
        var (token, certificate, key) = (Text("token"), Text("clientCertificateData"), Text("clientKeyData"));
        ClientCertificate? ours = null;
        wrong = token.Length + certificate.Length + key.Length == 0 ? "wrote neither a token nor a client certificate"
            : token.All(character => character is > ' ' and <= '~') ? ""
            : "wrote a token with characters that no token has";
        if (wrong.Length == 0 && certificate.Length + key.Length > 0)
        {
            ours = ClientCertificate.Read(certificate, key, out var mistake);
            wrong = mistake.Length == 0 ? "" : "wrote a client certificate that " + mistake;
        }

        DateTimeOffset? expires = DateTimeOffset.TryParse(Text("expirationTimestamp"), null, out var at) ? at : null;
        return wrong.Length == 0 ? new Credential(token.Length == 0 ? null : token, ours, Earlier(expires, ours?.Expires)) : null;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
