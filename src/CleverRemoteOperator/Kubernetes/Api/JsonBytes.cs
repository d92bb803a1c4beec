using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Writes JSON nodes without the serializer, which would look for their type by reflection.</summary>
internal static class JsonBytes
{
    private const int Usual = 1024;

    /// <summary>The node as UTF-8, without white space.</summary>
    public static byte[] Of(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(Usual);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            node.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
