using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

/// <summary>Reads a watch line by line; waits at most 20 s for each.</summary>
public sealed class WatchReader(HttpResponseMessage response, Stream stream) : IDisposable
{
    private readonly StreamReader _lines = new(stream);

    /// <summary>The next raw line; null at the end of the stream.</summary>
    public async Task<string?> LineAsync() => await _lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>The next event as its type and object.</summary>
    public async Task<(string Type, JsonObject Object)> NextAsync()
    {
        var line = await LineAsync() ?? throw new EndOfStreamException();
        var change = JsonNode.Parse(line)!.AsObject();
        return (change["type"]!.GetValue<string>(), change["object"]!.AsObject());
    }

    /// <summary>The next event as one word: <c>ADDED a</c>.</summary>
    public async Task<string> WordAsync()
    {
        var (type, value) = await NextAsync();
        return $"{type} {value["metadata"]?["name"] ?? value["reason"]}".TrimEnd();
    }

    public void Dispose()
    {
        _lines.Dispose();
        response.Dispose();
    }
}
