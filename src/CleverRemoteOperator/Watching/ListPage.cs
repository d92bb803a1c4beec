using System.Text.Json;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Watching;

/// <summary>What a page of a list says about the list itself.</summary>
/// <param name="Continue">Token for the next page; empty on the last one.</param>
internal readonly record struct ListPage(string ResourceVersion, string Continue)
{
    /// <summary>Reads a page and hands out its items one by one, those that cannot be read as problems.</summary>
    /// <returns>Null when it is no list.</returns>
    public static ListPage? Read<T>(ReadOnlySpan<byte> json, ObjectFormat<T> format, Action<T> item, Action<MalformedObjectException> problem)
        where T : class, INamespacedObject
    {
        var page = new ListPage("", "");
        var hasItems = false;
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            JsonReading.Expect(ref reader, JsonTokenType.StartObject);
            while (JsonReading.NextProperty(ref reader, out var property))
            {
                switch (property)
                {
                    case "metadata":
                        page = ReadMetadata(ref reader);
                        break;
                    case "items":
                        hasItems = true;
                        ReadItems(ref reader, json, format, item, problem);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
        catch (Exception failure) when (JsonReading.IsMalformed(failure))
        {
            return null;
        }

        return hasItems && page.ResourceVersion.Length > 0 ? page : null;
    }

    private static void ReadItems<T>(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ObjectFormat<T> format, Action<T> item, Action<MalformedObjectException> problem)
        where T : class, INamespacedObject
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        JsonReading.Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var extent = JsonReading.Extent(ref reader);
            T read;
            try
            {
                read = format.Read(json[extent]);
            }
            catch (MalformedObjectException malformed)
            {
                problem(malformed);
                continue;
            }

            item(read);
        }
    }

    private static ListPage ReadMetadata(ref Utf8JsonReader reader)
    {
        var page = new ListPage("", "");
        JsonReading.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonReading.NextProperty(ref reader, out var property))
        {
            switch (property)
            {
                case "resourceVersion": page = page with { ResourceVersion = JsonReading.Text(ref reader) }; break;
                case "continue": page = page with { Continue = JsonReading.Text(ref reader) }; break;
                default: reader.Skip(); break;
            }
        }

        return page;
    }
}
