using System.Text;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Protobuf;

/// <summary>Reads the protobuf that kubectl sends for some built-in kinds, as the JSON it stands for.</summary>
internal static class ProtobufBody
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private static readonly byte[] Magic = [(byte)'k', (byte)'8', (byte)'s', 0];

    /// <summary>The object; null when it is none, or of a kind whose message is not known here.</summary>
    public static JsonObject? Parse(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
        {
            return null;
        }

        JsonObject value = [];
        ReadOnlySpan<byte> raw = [];
        ProtobufReader envelope = new(body[Magic.Length..]);
        while (envelope.Next(out var number, out _, out var bytes))
        {
            if (number == 1)
            {
                ProtobufReader type = new(bytes);
                while (type.Next(out var part, out _, out var text))
                {
                    value[part == 1 ? "apiVersion" : "kind"] = Encoding.UTF8.GetString(text);
                }
            }
            else if (number == 2)
            {
                raw = bytes;
            }
        }

        return value.Text("kind") is { } kind && ProtobufMessages.Find(kind) is not null && Fill(value, kind, raw) ? value : null;
    }

    private static bool Fill(JsonObject value, string message, ReadOnlySpan<byte> bytes)
    {
        var fields = ProtobufMessages.Find(message)!;
        ProtobufReader reader = new(bytes);
        while (reader.Next(out var number, out var integer, out var content))
        {
            if (!fields.TryGetValue(number, out var field))
            {
                continue;
            }

            if (field.IsMap)
            {
                var (key, entry) = Entry(field, content);
                value.Ensure(field.Name)[key] = entry;
            }
            else if (Value(field.Type, integer, content) is { } read)
            {
                if (field.Repeats)
                {
                    value[field.Name] ??= new JsonArray();
                    value[field.Name]!.AsArray().Add(read);
                }
                else
                {
                    value[field.Name] = read;
                }
            }
        }

        return !reader.Broken;
    }

    private static (string Key, JsonNode? Value) Entry(ProtobufField field, ReadOnlySpan<byte> bytes)
    {
        var key = "";
        JsonNode? value = "";
        ProtobufReader reader = new(bytes);
        while (reader.Next(out var number, out _, out var content))
        {
            if (number == 1)
            {
                key = Encoding.UTF8.GetString(content);
            }
            else
            {
                value = field.Type == "y" ? Convert.ToBase64String(content) : Encoding.UTF8.GetString(content);
            }
        }

        return (key, value);
    }

    /// <summary>Go writes empty strings where JSON writes nothing.</summary>
    private static JsonNode? Value(string type, ulong integer, ReadOnlySpan<byte> content)
    {
        switch (type)
        {
            case "s":
                return content.IsEmpty ? null : Encoding.UTF8.GetString(content);
            case "b":
                return integer != 0;
            case "i":
                return (long)integer;
            default:
                JsonObject nested = [];
                Fill(nested, type, content);
                return nested;
        }
    }
}
