using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Commands.Screens;

/// <summary>Writes data for programs.</summary>
internal static class DataText
{
    /// <summary>One document, ended by a line feed.</summary>
    public static string Write(JsonNode data, OutputFormat format)
    {
        if (format == OutputFormat.Yaml)
        {
            return YamlWriter.Write(data);
        }

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            data.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>The object without the fields that are null.</summary>
    public static JsonObject Object(params IEnumerable<(string Name, JsonNode? Value)> fields) =>
        new(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>A time as Kubernetes writes it; null for none.</summary>
    public static JsonNode? Time(DateTimeOffset? time) => time is { } at && at > DateTimeOffset.UnixEpoch
        ? JsonValue.Create(at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture))
        : null;
}
