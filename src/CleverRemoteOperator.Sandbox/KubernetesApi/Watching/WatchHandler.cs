using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;
using CleverRemoteOperator.Sandbox.KubernetesApi.Reading;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Selecting;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Watching;

/// <summary>Answers watches.</summary>
internal sealed class WatchHandler(ObjectStore store, KubernetesApiServerOptions options)
{
    /// <summary>A watch shorter than this gets no last bookmark.</summary>
    private static readonly TimeSpan ShortestWithLastBookmark = TimeSpan.FromSeconds(3);

    public async Task WatchAsync(ApiRequest request, ResourceType type)
    {
        var form = ObjectForm.Asked(request, type);
        var asked = ListOptions.Of(request);
        var selection = Selection.Of(request, type);
        var timeout = TimeoutOf(request);
        var fromState = asked.SendInitialEvents || (asked.ResourceVersion is null or 0 && request.Query("sendInitialEvents") is null);
        var start = store.Subscribe(type.Storage, selection.Namespace, asked.Bookmarks, fromState || asked.ResourceVersion is 0 ? null : asked.ResourceVersion);
        if (asked.SendInitialEvents && asked.ResourceVersion > start.Revision)
        {
            store.Unsubscribe(start.Subscription!);
            throw ApiErrors.TooLargeResourceVersion(asked.ResourceVersion.Value, start.Revision);
        }

        WatchLines lines = new(form, options.TimeProvider);
        request.Http.Response.ContentType = Answers.Json;
        request.Http.Response.Headers.CacheControl = "no-cache, private";
        var output = request.Http.Response.BodyWriter;
        await request.Http.Response.StartAsync(request.Aborted);
        if (start.Subscription is not { } subscription)
        {
            await output.WriteAsync(WatchLines.Error(ApiErrors.TooOld(asked.ResourceVersion!.Value, start.Oldest)), request.Aborted);
            return;
        }

        using CancellationTokenSource deadline = new(timeout, options.TimeProvider);
        using var ending = deadline.Token.Register(() => store.Unsubscribe(subscription, bookmark: timeout >= ShortestWithLastBookmark));
        try
        {
            if (request.Http.Features.Get<Fault.WatchLine>() is { } fault)
            {
                await output.WriteAsync(Encoding.UTF8.GetBytes(fault.Text), request.Aborted);
                if (fault.Ends)
                {
                    return;
                }
            }

            if (fromState)
            {
                await SendStateAsync(output, lines, start, selection, asked, request.Aborted);
            }

            // Headers and what there is go out at once, even when that is nothing.
            await output.FlushAsync(request.Aborted);
            await FollowAsync(output, lines, subscription, selection, fromState ? 0 : asked.ResourceVersion ?? 0, request.Aborted);
        }
        finally
        {
            store.Unsubscribe(subscription);
        }
    }

    private static async Task SendStateAsync(PipeWriter output, WatchLines lines, WatchStart start, Selection selection, ListOptions asked, CancellationToken token)
    {
        foreach (var shown in start.Objects.In(selection.Namespace).Where(selection.Matches))
        {
            await output.WriteAsync(lines.Initial(shown), token);
        }

        if (asked is { SendInitialEvents: true, Bookmarks: true })
        {
            await output.WriteAsync(lines.Bookmark(start.Revision, endsInitialEvents: true), token);
        }
    }

    private static async Task FollowAsync(PipeWriter output, WatchLines lines, Subscription subscription, Selection selection, long after, CancellationToken token)
    {
        while (await subscription.Events.WaitToReadAsync(token))
        {
            while (subscription.Events.TryRead(out var change))
            {
                if ((change.Object is null || change.Revision > after) && LineOf(change, lines, selection) is { } line)
                {
                    Append(output, line.Span);
                }
            }

            var flushed = await output.FlushAsync(token);
            if (flushed.IsCompleted)
            {
                return;
            }
        }
    }

    private static void Append(PipeWriter output, ReadOnlySpan<byte> line)
    {
        line.CopyTo(output.GetSpan(line.Length));
        output.Advance(line.Length);
    }

    /// <summary>What a change means to a watch that sees only what it selects; null when it means nothing.</summary>
    private static ReadOnlyMemory<byte>? LineOf(StoreEvent change, WatchLines lines, Selection selection)
    {
        if (change.Object is not { } now)
        {
            return lines.Bookmark(change.Revision);
        }

        var was = change.Previous is { } previous && selection.Matches(previous);
        var matches = change.Type != StoreEventType.Deleted && selection.Matches(now);
        return (was, matches) switch
        {
            (false, true) => lines.Line(change, "ADDED", now),
            (true, true) => lines.Line(change, "MODIFIED", now),
            (true, false) => lines.Line(change, "DELETED", change.Type == StoreEventType.Deleted ? now : change.Previous!.At(now.ResourceVersion)),
            _ => null,
        };
    }

    private TimeSpan TimeoutOf(ApiRequest request)
    {
        if (int.TryParse(request.Query("timeoutSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return options.MinimumWatchTimeout * (1 + (RandomNumberGenerator.GetInt32(1000) / 1000d));
    }
}
