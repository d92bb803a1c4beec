using System.Text;
using System.Text.Json;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Credentials;

/// <summary>Reads the Secret with a namespace's credentials from the bytes of a watch. Other keys of it are not kept.</summary>
internal static class CredentialSecretFormat
{
    // The whole configuration is a handful of lines; more is a mistake or an attack.
    private const int MaxConfig = 64 * 1024;

    public static ObjectFormat<CredentialSecret> Format { get; } = new("application/json", Read);

    private static CredentialSecret Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var secret = document.RootElement;
        if (!secret.TryGetProperty("metadata", out var metadata))
        {
            throw new MalformedObjectException("a Secret without metadata", "", "");
        }

        string Text(string name) => metadata.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        return new CredentialSecret(Text("namespace"), Text("name"), Text("uid"), Text("resourceVersion"), Config(secret));
    }

    private static string? Config(JsonElement secret)
    {
        if (!secret.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object
            || !data.TryGetProperty(CredentialSecret.Key, out var value))
        {
            return null;
        }

        // Text that is no text fails later, where the mistake can be told on the resources of the namespace.
        return value.TryGetBytesFromBase64(out var bytes) && bytes.Length <= MaxConfig ? Encoding.UTF8.GetString(bytes) : "";
    }
}
