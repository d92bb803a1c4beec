using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Benchmarks.Hostile;

/// <summary>The ways in which a server answers a list or watch that no good server would.</summary>
internal sealed class Misbehaviour(TimeProvider time)
{
    private const int Megabyte = 1024 * 1024;
    private static readonly TimeSpan Drop = TimeSpan.FromSeconds(10);

    /// <summary>Each with its name, in the order in which they are used.</summary>
    public IReadOnlyList<(string Name, Func<HttpContext, HostileObjects, Task> Answer)> All =>
    [
        ("endless ADDED", EndlessAsync),
        ("flood of changes", FloodAsync),
        ("large objects", LargeAsync),
        ("objects that come and go", ComeAndGoAsync),
        ("one line every 10 s", DripAsync),
        ("a byte a second", TrickleAsync),
        ("a line without end", LineAsync),
        ("garbage", GarbageAsync),
        ("429", (context, _) => RefuseAsync(context, 429, "TooManyRequests")),
        ("500", (context, _) => RefuseAsync(context, 500, "InternalError")),
        ("no answer", (context, _) => HangAsync(context)),
        ("headers and no more", HeadersAsync),
        ("cut in the middle", CutAsync),
        ("metadata without end", MetadataAsync),
        ("namespaces without end", NamespacesAsync),
        ("a zip bomb", BombAsync),
        ("403", (context, _) => RefuseAsync(context, 403, "Forbidden")),
    ];

    /// <summary>Secrets or namespaces that change without pause, once all there is was listed: before that nothing would be reconciled.</summary>
    public static Task CoreAsync(HttpContext context, HostileObjects objects) => FloodAsync(context, objects);

    /// <summary>A list in pages, which there is always one more of.</summary>
    public static async Task PagesAsync(HttpContext context, HostileObjects objects)
    {
        var next = Guid.NewGuid().ToString("N");
        await WriteAsync(context, objects.Page(next, Enumerable.Range(0, 100).Select(number => objects.Object($"p-{next[..8]}-{number}", "hostile", 7, 50_000))));
    }

    public static Task HangAsync(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    private static async Task EndlessAsync(HttpContext context, HostileObjects objects)
    {
        for (var number = 0L; ; number++)
        {
            await WriteAsync(context, HostileObjects.Event("ADDED", objects.Object($"r-{number}", "hostile", number + 1, 500)) + SyncedAfter(objects, number, 5_000));
        }
    }

    private static async Task NamespacesAsync(HttpContext context, HostileObjects objects)
    {
        for (var number = 0L; ; number++)
        {
            await WriteAsync(context, HostileObjects.Event("ADDED", objects.Object("r", $"n-{number}", number + 1)) + SyncedAfter(objects, number, 5_000));
        }
    }

    private static async Task FloodAsync(HttpContext context, HostileObjects objects)
    {
        await WriteAsync(context, objects.Synced(1));
        for (var number = 2L; ; number++)
        {
            await WriteAsync(context, HostileObjects.Event("MODIFIED", objects.Object($"r-{number % 50}", "hostile", number)));
        }
    }

    private static async Task ComeAndGoAsync(HttpContext context, HostileObjects objects)
    {
        await WriteAsync(context, objects.Synced(1));
        for (var number = 2L; ; number++)
        {
            var item = objects.Object($"r-{number}", $"n-{number}", number);
            await WriteAsync(context, HostileObjects.Event("ADDED", item) + HostileObjects.Event("DELETED", item));
        }
    }

    private static async Task LargeAsync(HttpContext context, HostileObjects objects)
    {
        for (var number = 0L; ; number++)
        {
            await WriteAsync(context, HostileObjects.Event("ADDED", objects.Object($"r-{number}", "hostile", number + 1, (int)(number % 4 * Megabyte) + 60_000)) + SyncedAfter(objects, number, 20));
        }
    }

    private static async Task MetadataAsync(HttpContext context, HostileObjects objects)
    {
        for (var number = 0L; ; number++)
        {
            await WriteAsync(context, HostileObjects.Event("ADDED", objects.Object($"r-{number}", "hostile", number + 1, 10, HostileObjects.Metadata(number % 2 == 0 ? 3_000 : 500_000))) + SyncedAfter(objects, number, 50));
        }
    }

    private async Task DripAsync(HttpContext context, HostileObjects objects)
    {
        for (var number = 0L; ; number++)
        {
            await WriteAsync(context, HostileObjects.Event("ADDED", objects.Object($"r-{number}", "hostile", number + 1)));
            await Task.Delay(Drop, time, context.RequestAborted);
        }
    }

    private async Task TrickleAsync(HttpContext context, HostileObjects objects)
    {
        await WriteAsync(context, HostileObjects.Event("ADDED", objects.Object("r", "hostile", 1, 200_000)).TrimEnd());
        while (true)
        {
            await WriteAsync(context, " ");
            await Task.Delay(Drop / 10, time, context.RequestAborted);
        }
    }

    private static async Task LineAsync(HttpContext context, HostileObjects objects)
    {
        var zeros = HostileObjects.Zeros(64 * 1024);
        while (true)
        {
            await context.Response.Body.WriteAsync(zeros, context.RequestAborted);
        }
    }

    private static async Task GarbageAsync(HttpContext context, HostileObjects objects)
    {
        await WriteAsync(context, "<html>\n{\"type\":\"ADDED\"}\n\0\0\0\n[[[[[[\n" + HostileObjects.Event("SPARKLED", "7"));
    }

    private static async Task RefuseAsync(HttpContext context, int code, string reason)
    {
        context.Response.StatusCode = code;
        await WriteAsync(context, HostileObjects.Status(code, reason));
    }

    private static async Task HeadersAsync(HttpContext context, HostileObjects objects)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await HangAsync(context);
    }

    private static async Task CutAsync(HttpContext context, HostileObjects objects)
    {
        await WriteAsync(context, HostileObjects.Event("ADDED", objects.Object("r", "hostile", 1))[..100]);
        context.Abort();
    }

    private static async Task BombAsync(HttpContext context, HostileObjects objects)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Optimal);
        var zeros = HostileObjects.Zeros(Megabyte);
        while (true)
        {
            await zip.WriteAsync(zeros, context.RequestAborted);
        }
    }

    // Whatever never ends a list only keeps its own cluster from being served further: that is tried by others.
    private static string SyncedAfter(HostileObjects objects, long number, int count) => number == count ? objects.Synced(count) : "";

    private static async Task WriteAsync(HttpContext context, string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
