using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverRemoteOperator.CleverCloud.Wire;

/// <summary>Reads a time as v2 writes it (milliseconds) or v4 does (ISO, perhaps with <c>[UTC]</c> behind); anything else reads as absent.</summary>
internal sealed class LooseTime : JsonConverter<DateTimeOffset?>
{
    // The years 1 to 9999, which is what can be held.
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var milliseconds) ? Of(milliseconds) : null;
            case JsonTokenType.String:
                return Of(reader.GetString()!);
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static DateTimeOffset? Of(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? Of(milliseconds)
        : DateTimeOffset.TryParse(WithoutZone(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : null;

    private static DateTimeOffset? Of(long milliseconds) =>
        milliseconds >= Earliest && milliseconds <= Latest ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static string WithoutZone(string text) => text.EndsWith(']') && text.LastIndexOf('[') is > 0 and var zone ? text[..zone] : text;
}
