using System.Text.Json;
using System.Text.Unicode;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>One object as it stands in the bytes of an answer: what names it is read, the rest only found.</summary>
internal readonly ref struct ObjectParts
{
    private ObjectParts(string kind, ObjectMetadata metadata, ReadOnlySpan<byte> spec, ReadOnlySpan<byte> status)
    {
        Kind = kind;
        Metadata = metadata;
        Spec = spec;
        Status = status;
    }

    /// <summary>Empty where the server leaves it out, as in lists of core types.</summary>
    public string Kind { get; }

    public ObjectMetadata Metadata { get; }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<byte> Spec { get; }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<byte> Status { get; }

    /// <exception cref="MalformedObjectException">It is not an object, or lacks what names it.</exception>
    /// <param name="isNamespaced">False for objects that lie in no namespace.</param>
    public static ObjectParts Read(ReadOnlySpan<byte> json, bool isNamespaced = true)
    {
        var metadata = new ObjectMetadata();
        var kind = "";
        ReadOnlySpan<byte> spec = default;
        ReadOnlySpan<byte> status = default;
        try
        {
            if (!Utf8.IsValid(json))
            {
                throw new JsonException();
            }

            var reader = new Utf8JsonReader(json);
            reader.Read();
            JsonReading.Expect(ref reader, JsonTokenType.StartObject);
            while (JsonReading.NextProperty(ref reader, out var property))
            {
                switch (property)
                {
                    case "kind": kind = JsonReading.Text(ref reader); break;
                    case "metadata": metadata.Read(ref reader); break;
                    case "spec": spec = json[JsonReading.Extent(ref reader)]; break;
                    case "status": status = json[JsonReading.Extent(ref reader)]; break;
                    default: reader.Skip(); break;
                }
            }
        }
        catch (Exception failure) when (JsonReading.IsMalformed(failure))
        {
            throw Malformed("it is not a JSON object", metadata);
        }

        return metadata.Problem(isNamespaced) is { } problem ? throw Malformed(problem, metadata) : new ObjectParts(kind, metadata, spec, status);
    }

    /// <summary>Says what is wrong with this object.</summary>
    public MalformedObjectException Malformed(string problem) => Malformed(problem, Metadata);

    private static MalformedObjectException Malformed(string problem, ObjectMetadata metadata) => new(
        problem, Printable.Of(metadata.Namespace, 63), Printable.Of(metadata.Name, 253));
}
