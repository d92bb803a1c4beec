using System.Text.Json;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Watching;

/// <summary>One line of a watch, as it stands: what happened, and the bytes of the object it happened to.</summary>
internal readonly ref struct WatchLine
{
    private WatchLine(string type, ReadOnlySpan<byte> item)
    {
        Type = type;
        Object = item;
    }

    /// <summary><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>BOOKMARK</c>, <c>ERROR</c>, or what a later server adds.</summary>
    public string Type { get; }

    public ReadOnlySpan<byte> Object { get; }

    /// <summary>Reads a line; false when it is not one of a watch.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out WatchLine line)
    {
        var type = "";
        ReadOnlySpan<byte> item = default;
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            JsonReading.Expect(ref reader, JsonTokenType.StartObject);
            while (JsonReading.NextProperty(ref reader, out var property))
            {
                switch (property)
                {
                    case "type": type = JsonReading.Text(ref reader); break;
                    case "object": item = json[JsonReading.Extent(ref reader)]; break;
                    default: reader.Skip(); break;
                }
            }
        }
        catch (Exception failure) when (JsonReading.IsMalformed(failure))
        {
            type = "";
        }

        line = new WatchLine(type, item);
        return type.Length > 0 && item.Length > 0;
    }
}
