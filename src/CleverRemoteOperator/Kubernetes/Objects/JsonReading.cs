using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Unicode;
using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>Steps of a <see cref="Utf8JsonReader"/> over the objects of Kubernetes. What is of another type than asked for is a <see cref="JsonException"/>.</summary>
internal static class JsonReading
{
    private const int LongestWord = 64;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.ToFrozenSet(
    [
        "apiVersion", "kind", "metadata", "spec", "status", "type", "object", "data",
        "annotations", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "finalizers", "generation", "labels", "managedFields",
        "name", "namespace", "ownerReferences", "resourceVersion", "uid", "blockOwnerDeletion", "controller",
        .. AddonCatalog.All.Select(kind => kind.Finalizer),
    ], StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>For what is kept as JSON: no key twice, at most 64 levels.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>
    /// Goes to the value of the next property of the object the reader stands on; false at the object's end.
    /// The caller must have read the former value up to its last token.
    /// </summary>
    public static bool NextProperty(ref Utf8JsonReader reader, out string property)
    {
        if (!reader.Read())
        {
            throw new JsonException();
        }

        if (reader.TokenType == JsonTokenType.EndObject)
        {
            property = "";
            return false;
        }

        Expect(ref reader, JsonTokenType.PropertyName);
        property = Word(ref reader);
        reader.Read();
        return true;
    }

    /// <summary>A string; null is empty.</summary>
    public static string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return "";
        }

        Expect(ref reader, JsonTokenType.String);
        return reader.GetString()!;
    }

    /// <summary>An array of strings; null is empty.</summary>
    public static IReadOnlyList<string> Texts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return texts;
        }

        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.String);
            texts.Add(Word(ref reader));
        }

        return texts;
    }

    /// <summary>Those entries of an object of strings whose key is wanted; null is empty.</summary>
    public static IReadOnlyDictionary<string, string> Map(ref Utf8JsonReader reader, Func<string, bool> wanted)
    {
        Dictionary<string, string>? map = null;
        if (reader.TokenType != JsonTokenType.Null)
        {
            Expect(ref reader, JsonTokenType.StartObject);
            while (NextProperty(ref reader, out var key))
            {
                if (wanted(key))
                {
                    (map ??= new(1, StringComparer.Ordinal))[key] = Text(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return map ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty;
    }

    // The words of which nearly every object consists are the same string each time.
    private static string Word(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestWord)
        {
            return reader.GetString()!;
        }

        Span<char> text = stackalloc char[LongestWord];
        return Words.TryGetValue(text[..reader.CopyString(text)], out var word) ? word : reader.GetString()!;
    }

    /// <summary>Whether the JSON was at fault: broken UTF-8 is an InvalidOperationException, a number or time out of range a FormatException.</summary>
    public static bool IsMalformed(Exception failure) => failure is JsonException or InvalidOperationException or FormatException;

    /// <summary>
    /// Whether each string can be looked at: valid UTF-8 and no half of a surrogate pair. A JsonNode tells such a string only when
    /// somebody reads it, with an exception nobody there expects.
    /// </summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static bool HasOnlyText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Fails unless the reader stands on such a token.</summary>
    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException();
        }
    }

    /// <summary>Where in the bytes the value stands that the reader stands on; leaves the reader at its last token.</summary>
    public static Range Extent(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}
