using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;

namespace CleverRemoteOperator.Watching;

/// <summary>The requests of a watch: pages of a list, and the stream of changes.</summary>
/// <param name="random">Gives numbers from 0 to below 1.</param>
/// <param name="limits">Those of the cluster.</param>
internal sealed class WatchReading<T>(
    ICluster cluster, WatchScope scope, ObjectFormat<T> format, TimeProvider time, Func<double> random, ClusterLimits limits)
    where T : class, INamespacedObject
{
    private const int PageSize = 200;
    private const int MaxPages = 2500;
    private const int MaxLine = (4 * 1024 * 1024) - 1;
    private static readonly TimeSpan StreamMargin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan VeryShort = TimeSpan.FromSeconds(1);

    // Between two lines: while the initial events come; once the server is known to send bookmarks, about one a minute; else only the whole counts.
    private static readonly TimeSpan InitialSilence = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BookmarkedSilence = TimeSpan.FromSeconds(150);

    private readonly ReadRate.WatchRate _rate = limits.Rate.ForWatch();
    private bool _sendsBookmarks;

    /// <summary>Lists all there is, page by page.</summary>
    public async Task ListAsync(StoreUpdates<T> updates, WatchProgress progress, CancellationToken token)
    {
        updates.BeginList();
        using var pace = new ReadPace(time, token);
        var next = "";
        int? limit = PageSize;
        for (var pages = 0; pages < MaxPages; pages++)
        {
            ListPage page;
            try
            {
                page = await PageAsync(limit, next, updates, pace, token);
            }
            catch (KubernetesApiException failure) when (failure.Means(FailureMeaning.TooLarge) && limit is null or > 1)
            {
                // Large objects: fewer of them at a time.
                limit = Math.Max(1, (limit ?? PageSize) / 4);
                continue;
            }
            catch (KubernetesApiException failure) when (failure.IsExpired && next.Length > 0)
            {
                // The list took longer than the server keeps its state of then: once more, in one piece.
                updates.BeginList();
                (next, limit) = ("", null);
                continue;
            }

            progress.Heard();
            progress.Enter(WatchState.Listing);
            next = page.Continue;
            if (next.Length == 0)
            {
                updates.EndList();
                progress.Reached(page.ResourceVersion);
                return;
            }
        }

        throw new KubernetesApiException($"list {scope}: it has more than {MaxPages} pages", null, FailureReason.Unreadable);
    }

    /// <summary>Opens one stream of changes and follows it to its end.</summary>
    /// <param name="from">The resourceVersion to go on from; null to begin with all there is.</param>
    public async Task StreamAsync(string? from, StoreUpdates<T> updates, WatchProgress progress, CancellationToken token)
    {
        var seconds = 300 + (int)(random() * 301);
        var path = Path(
            ("watch", "1"), ("allowWatchBookmarks", "true"), ("timeoutSeconds", $"{seconds}"), ("resourceVersion", from),
            ("sendInitialEvents", from is null ? "true" : null), ("resourceVersionMatch", from is null ? "NotOlderThan" : null));
        if (from is null)
        {
            updates.BeginList();
        }

        using var response = await cluster.OpenAsync(path, token, format.Accept);
        progress.Opened(updates.IsListing ? WatchState.Listing : WatchState.Watching);
        var started = time.GetTimestamp();
        using var pace = new ReadPace(time, token);
        using var deadline = new WatchDeadline(time, TimeSpan.FromSeconds(seconds) + StreamMargin, pace.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(token);
        using var lines = new LineReader(stream, MaxLine, limits, bytes =>
        {
            deadline.Received();
            pace.Received(bytes);
        });
        while (true)
        {
            if (!updates.IsListing)
            {
                pace.End();
            }

            if (await NextLineAsync(lines, deadline, pace, updates.IsListing) is not { } line)
            {
                break;
            }

            _rate.Begin();
            progress.Heard();
            Take(line.Span, response.RequestMessage, updates, progress);
            await _rate.EndAsync(line.Length, token);
        }

        if (updates.IsListing)
        {
            throw new KubernetesApiException("the watch ended before the initial list was complete", null, FailureReason.BrokenOff);
        }

        if (time.GetElapsedTime(started) < VeryShort)
        {
            throw new KubernetesApiException("the watch ended at once", null, FailureReason.EndedAtOnce);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> NextLineAsync(LineReader lines, WatchDeadline deadline, ReadPace pace, bool initial)
    {
        var silence = initial ? InitialSilence : _sendsBookmarks ? BookmarkedSilence : TimeSpan.MaxValue;
        try
        {
            return await deadline.RunAsync(lines.NextAsync, silence);
        }
        catch (OperationCanceledException) when (pace.HasExpired)
        {
            throw TooSlow(pace);
        }
        catch (InvalidDataException failure)
        {
            throw new KubernetesApiException("the watch: " + failure.Message, null, FailureReason.Unreadable, failure);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw new KubernetesApiException("the watch broke off: " + Printable.Of(failure.Message, 256), null, FailureReason.BrokenOff, failure);
        }
    }

    private void Take(ReadOnlySpan<byte> json, HttpRequestMessage? sent, StoreUpdates<T> updates, WatchProgress progress)
    {
        if (!WatchLine.TryRead(json, out var line))
        {
            throw new KubernetesApiException("the watch: a line is not a watch event", null, FailureReason.BrokenOff);
        }

        switch (line.Type)
        {
            case "ADDED" or "MODIFIED" or "DELETED":
                Change(line, updates, progress);
                break;
            case "BOOKMARK" when Bookmark.Read(line.Object) is { } bookmark:
                _sendsBookmarks = true;
                if (bookmark.EndsInitialEvents && updates.IsListing)
                {
                    updates.EndList();
                }

                Reached(bookmark.ResourceVersion, updates, progress);
                break;
            case "ERROR":
                throw ApiError.FromStatus("the watch", JsonAnswer.TryParseStatus(line.Object) ?? new V1Status { Message = "an error event without a Status" }, sent);
            default:
                // A type of event of a later server: nothing we would know what to do with.
                break;
        }
    }

    private void Change(WatchLine line, StoreUpdates<T> updates, WatchProgress progress)
    {
        T item;
        try
        {
            item = format.Read(line.Object);
        }
        catch (MalformedObjectException problem)
        {
            updates.Malformed(problem);
            if (line.Type == "DELETED")
            {
                updates.Remove(problem.Namespace, problem.Name);
            }

            return;
        }

        if (line.Type == "DELETED")
        {
            updates.Remove(item.Namespace, item.Name, item);
        }
        else
        {
            updates.Put(item);
        }

        Reached(item.ResourceVersion, updates, progress);
    }

    // Initial events come in any order: only the bookmark that ends them can be gone on from.
    private static void Reached(string resourceVersion, StoreUpdates<T> updates, WatchProgress progress)
    {
        if (!updates.IsListing)
        {
            progress.Reached(resourceVersion);
        }
    }

    private async Task<ListPage> PageAsync(int? limit, string next, StoreUpdates<T> updates, ReadPace pace, CancellationToken token)
    {
        var path = Path(("limit", limit?.ToString()), ("continue", next.Length == 0 ? null : next));
        var request = $"list {scope}";
        try
        {
            using var response = await cluster.OpenAsync(path, pace.Token, format.ListAccept);
            var (page, length) = await BoundedBody.ReadAsync(
                response, request, BoundedBody.MaxPage, body => Read(body, updates), pace.Token,
                limits.Large, pace.Received);
            await _rate.EndAsync(length, token);
            return page ?? throw new KubernetesApiException($"{request}: the answer is not a list", null, FailureReason.Unreadable);
        }
        catch (OperationCanceledException) when (pace.HasExpired)
        {
            throw TooSlow(pace);
        }
    }

    private (ListPage? Page, int Length) Read(ReadOnlySpan<byte> body, StoreUpdates<T> updates)
    {
        _rate.Begin();
        return (ListPage.Read(body, format, updates.Put, updates.Malformed), body.Length);
    }

    private KubernetesApiException TooSlow(ReadPace pace) => new($"list {scope}: it arrived too slowly: {pace}", null, FailureReason.Silence);

    private string Path(params IEnumerable<(string, string?)> query) => ApiPath.WithQuery(
        ApiPath.Of(scope.Type, scope.Namespace),
        query.Append(("labelSelector", scope.LabelSelector)).Append(("fieldSelector", scope.FieldSelector)));
}
