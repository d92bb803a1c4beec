using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>Hears of an object as soon as a watch tells of it; moments are <see cref="TimeProvider.GetTimestamp"/>.</summary>
internal delegate void SeenHandler(SeenObject seen, long at);

/// <summary>
/// A watch of one collection that goes on where it was when a server ends it, as servers do with a reader that is slower than they are.
/// What had happened meanwhile is seen late, and may be seen twice; when the server has forgotten where the watch was, all objects
/// are told as added once more, but not which ones are gone.
/// </summary>
/// <param name="http">Its connection.</param>
/// <param name="accept">What is asked for of objects, such as metadata only.</param>
/// <param name="listAccept">The same of lists.</param>
internal sealed class ObjectWatch(HttpClient http, string collection, string accept, string listAccept, SeenHandler read, TimeProvider time)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Nobody waits for this beside what the end of a watch has cost already.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _version;
    private long _goodAt;
    private int _resumes;

    /// <summary>How often it had to go on: figures of times are late by that.</summary>
    public int Resumes => Volatile.Read(ref _resumes);

    /// <summary>Tells all objects there are, and opens the watch of what happens from then on.</summary>
    /// <returns>Ends with a failure only.</returns>
    /// <exception cref="InvalidOperationException">It could not be opened, now or later, for half a minute.</exception>
    public async Task<Task> OpenAsync(CancellationToken token)
    {
        _goodAt = time.GetTimestamp();
        var running = RunAsync(token);
        await await Task.WhenAny(_opened.Task, running);
        return running;
    }

    private async Task RunAsync(CancellationToken token)
    {
        while (true)
        {
            try
            {
                _version ??= await ListAsync(token);
                await FollowAsync(token);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                if (time.GetElapsedTime(_goodAt) > Patience)
                {
                    throw new InvalidOperationException($"A watch of the benchmark's own is gone, and nothing can be measured without it: {collection}: {failure.Message}", failure);
                }

                _version = failure is HttpRequestException { StatusCode: HttpStatusCode.Gone } ? null : _version;
            }

            await Task.Delay(Pause, time, token);
        }
    }

    /// <summary>Tells all objects, and gives the version of the list.</summary>
    private async Task<string> ListAsync(CancellationToken token)
    {
        var next = "";
        while (true)
        {
            using var answer = await GetAsync($"{collection}?limit={PageSize}&continue={Uri.EscapeDataString(next)}", listAccept, token);
            using var list = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(token), default, token);
            var at = time.GetTimestamp();
            // An empty list of metadata has null for its items.
            foreach (var item in list.RootElement.GetProperty("items") is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default)
            {
                read(SeenObject.Read(Encoding.UTF8.GetBytes($$"""{"type":"ADDED","object":{{item.GetRawText()}}}""")), at);
            }

            var metadata = list.RootElement.GetProperty("metadata");
            if (!metadata.TryGetProperty("continue", out var more) || more.GetString() is not { Length: > 0 } rest)
            {
                return metadata.GetProperty("resourceVersion").GetString()!;
            }

            next = rest;
        }
    }

    /// <summary>Reads one answer to its end.</summary>
    private async Task FollowAsync(CancellationToken token)
    {
        using var answer = await GetAsync($"{collection}?watch=true&allowWatchBookmarks=true&timeoutSeconds=86400&resourceVersion={_version}", accept, token);
        _goodAt = time.GetTimestamp();
        if (!_opened.TrySetResult())
        {
            Interlocked.Increment(ref _resumes);
        }

        var reader = PipeReader.Create(await answer.Content.ReadAsStreamAsync(token));
        ReadResult got;
        do
        {
            got = await reader.ReadAsync(token);
            var rest = got.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                Tell(line.IsSingleSegment ? line.FirstSpan : line.ToArray());
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
        while (!got.IsCompleted);
    }

    private void Tell(ReadOnlySpan<byte> line)
    {
        var at = time.GetTimestamp();
        var seen = SeenObject.Read(line);
        // Whatever the error is, such as 410 Expired: a list makes good for it.
        _version = seen.Type == "ERROR" ? null : seen.Version;
        _goodAt = at;
        if (seen.Type is not ("ERROR" or "BOOKMARK"))
        {
            read(seen, at);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string wanted, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Accept.ParseAdd(wanted);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        return answer.EnsureSuccessStatusCode();
    }
}
