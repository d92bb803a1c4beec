using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CleverRemoteOperator.CleverCloud.Http;

/// <summary>Makes something of the body of a success; <see cref="JsonException"/> when that cannot be.</summary>
internal delegate Task<T> AnswerReader<T>(Stream body, CancellationToken token);

/// <summary>The ways to read a body.</summary>
internal static class AnswerReaders
{
    /// <summary>Reads to the end, so that the connection is used again, and makes nothing of it.</summary>
    public static AnswerReader<bool> Ignore { get; } = async (body, token) =>
    {
        await body.CopyToAsync(Stream.Null, token);
        return true;
    };

    /// <summary>Reads text as it is.</summary>
    public static AnswerReader<string> Text { get; } = async (body, token) =>
    {
        using var reader = new StreamReader(body, leaveOpen: true);
        return await reader.ReadToEndAsync(token);
    };

    /// <summary>Reads a JSON array; entries that are null are left out.</summary>
    /// <param name="map">From what travelled to what is wanted.</param>
    public static AnswerReader<IReadOnlyList<T>> List<TWire, T>(JsonTypeInfo<List<TWire?>> type, Func<TWire, T> map) where TWire : class =>
        Json<List<TWire?>, IReadOnlyList<T>>(type, list => [.. list.OfType<TWire>().Select(map)]);

    /// <summary>Reads JSON.</summary>
    /// <param name="map">From what travelled to what is wanted.</param>
    public static AnswerReader<T> Json<TWire, T>(JsonTypeInfo<TWire> type, Func<TWire, T> map) => async (body, token) =>
    {
        var answer = await JsonSerializer.DeserializeAsync(body, type, token) ?? throw new JsonException("the answer is null");
        try
        {
            return map(answer);
        }
        catch (InvalidOperationException cause)
        {
            // What is read only where it is used shows its bytes only then.
            throw new JsonException("the answer holds text that is not UTF-8", cause);
        }
    };
}
