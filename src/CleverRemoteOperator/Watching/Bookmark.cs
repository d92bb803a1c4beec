using System.Text.Json;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Watching;

/// <summary>A line of a watch that only tells how far it has come.</summary>
/// <param name="EndsInitialEvents">Whether all that was there at the start has now been sent.</param>
internal readonly record struct Bookmark(string ResourceVersion, bool EndsInitialEvents)
{
    /// <summary>Reads the object of a bookmark; null when it names no resourceVersion.</summary>
    public static Bookmark? Read(ReadOnlySpan<byte> json)
    {
        var metadata = new ObjectMetadata();
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            JsonReading.Expect(ref reader, JsonTokenType.StartObject);
            while (JsonReading.NextProperty(ref reader, out var property))
            {
                if (property == "metadata")
                {
                    metadata.Read(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception failure) when (JsonReading.IsMalformed(failure))
        {
            return null;
        }

        return metadata.ResourceVersion.Length == 0
            ? null
            : new Bookmark(metadata.ResourceVersion, metadata.Annotations.GetValueOrDefault(ObjectMetadata.InitialEventsEnd) == "true");
    }
}
