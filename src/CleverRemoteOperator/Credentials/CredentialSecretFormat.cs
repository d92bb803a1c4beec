using System.Text;
using System.Text.Json;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Credentials;

/// <summary>Reads the Secret with a namespace's credentials from the bytes of a watch. Other keys of it are not kept.</summary>
internal static class CredentialSecretFormat
{
    // The whole configuration is a handful of lines; more is a mistake or an attack.
    private const int MaxConfig = 64 * 1024;

    public static ObjectFormat<CredentialSecret> Format { get; } = new("application/json", Read);

    private static CredentialSecret Read(ReadOnlySpan<byte> json)
    {
        var parts = ObjectParts.Read(json);
        if (parts.Kind is not ("" or "Secret"))
        {
            throw parts.Malformed("its kind is not Secret");
        }

        var metadata = parts.Metadata;
        return new CredentialSecret(metadata.Namespace, metadata.Name, metadata.Uid, metadata.ResourceVersion, Config(json));
    }

    // The object was read once already: its JSON is whole, but for halves of surrogate pairs within its data.
    private static string? Config(ReadOnlySpan<byte> json)
    {
        try
        {
            return Find(json);
        }
        catch (Exception failure) when (JsonReading.IsMalformed(failure))
        {
            return "";
        }
    }

    private static string? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (JsonReading.NextProperty(ref reader, out var property))
        {
            if (property == "data" && reader.TokenType == JsonTokenType.StartObject)
            {
                return Value(ref reader);
            }

            reader.Skip();
        }

        return null;
    }

    // Text that is no text fails later, where the mistake can be told on the resources of the namespace.
    private static string? Value(ref Utf8JsonReader reader)
    {
        while (JsonReading.NextProperty(ref reader, out var key))
        {
            if (key == CredentialSecret.Key)
            {
                return reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes) && bytes.Length <= MaxConfig
                    ? Encoding.UTF8.GetString(bytes)
                    : "";
            }

            reader.Skip();
        }

        return null;
    }
}
