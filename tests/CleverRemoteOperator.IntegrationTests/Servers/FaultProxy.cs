using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>Stands before an API server, whatever kind, with a certificate of its own, and does wrong what a test asks for.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly HashSet<string> NotPassedOn = new(["Transfer-Encoding", "Connection", "Host", "Content-Length"], StringComparer.OrdinalIgnoreCase);

    private readonly TestCluster _cluster;
    private readonly ServingCertificates _certificates = ServingCertificates.Create("proxy", IPAddress.Loopback);
    private readonly HttpClient _client;
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<(Func<HttpRequest, bool> Matches, Func<HttpContext, Task> Answer, int Left)> _rules = [];
    private CancellationTokenSource _streams = new();

    /// <summary>A text of the server's, and the one of the same length that is told instead; the other way round in requests.</summary>
    public (string Real, string Told)? Lie { get; set; }

    private FaultProxy(TestCluster cluster)
    {
        _cluster = cluster;
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(cluster.AuthorityPem);
        _client = new HttpClient(new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = trust }, AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificates.Server)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public static async Task<FaultProxy> StartAsync(TestCluster cluster)
    {
        var proxy = new FaultProxy(cluster);
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>A kubeconfig of an administrator that leads through the proxy.</summary>
    public string Kubeconfig(string? token = null) => KubeconfigFile.Render(
        "proxy", new Uri(_app.Urls.Single()), _certificates.AuthorityPem, "operator", token ?? _cluster.Token(ClusterUser.Admin));

    /// <summary>From now on these requests are answered so, as often as said.</summary>
    public void Add(Func<HttpRequest, bool> matches, Func<HttpContext, Task> answer, int times = int.MaxValue)
    {
        lock (_lock)
        {
            _rules.Add((matches, answer, times));
        }
    }

    /// <summary>No more faults.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
        }
    }

    /// <summary>Cuts every request under way, watches above all.</summary>
    public async Task CutAsync()
    {
        var streams = Interlocked.Exchange(ref _streams, new());
        await streams.CancelAsync();
        streams.Dispose();
    }

    public static bool IsWatch(HttpRequest request, string plural) =>
        request.Method == "GET" && request.Query.ContainsKey("watch") && request.Path.Value!.EndsWith('/' + plural, StringComparison.Ordinal);

    public static bool IsWrite(HttpRequest request, string part) =>
        request.Method != "GET" && request.Path.Value!.Contains($"/{part}", StringComparison.Ordinal);

    /// <summary>Takes the request and never answers.</summary>
    public static Task HangAsync(HttpContext http) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Cuts the connection before anything was done.</summary>
    public static Task DropAsync(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Does what was asked, and cuts the connection instead of answering.</summary>
    public async Task DropAfterAsync(HttpContext http)
    {
        using var answer = await SendAsync(http, http.RequestAborted);
        await answer.Content.ReadAsByteArrayAsync();
        http.Abort();
    }

    /// <summary>Does what was asked, and answers only after that.</summary>
    /// <param name="done">Told that it is done.</param>
    public Func<HttpContext, Task> AnswerAfter(Task answer, Action done) => async http =>
    {
        using var held = await SendAsync(http, http.RequestAborted);
        var body = await held.Content.ReadAsByteArrayAsync();
        done();
        await answer;
        http.Response.StatusCode = (int)held.StatusCode;
        http.Response.ContentType = held.Content.Headers.ContentType?.ToString();
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    };

    /// <summary>Answers a Status.</summary>
    public static Func<HttpContext, Task> Refuse(int code, string reason, string message = "on demand", int? retryAfter = null) => http =>
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        if (retryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = $"{seconds}";
        }

        return http.Response.WriteAsync(
            $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":{{JsonValue.Create(message).ToJsonString()}},"reason":"{{reason}}","code":{{code}}}""");
    };

    /// <summary>Sends these bytes as a stream, and ends it.</summary>
    public static Func<HttpContext, Task> Stream(string text) => http =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
    };

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        await _app.DisposeAsync();
        _client.Dispose();
        _certificates.Dispose();
        _streams.Dispose();
    }

    private Task AnswerAsync(HttpContext http)
    {
        lock (_lock)
        {
            var found = _rules.FindIndex(rule => rule.Left > 0 && rule.Matches(http.Request));
            if (found >= 0)
            {
                var (matches, answer, left) = _rules[found];
                _rules[found] = (matches, answer, left - 1);
                return answer(http);
            }
        }

        return PassOnAsync(http);
    }

    private async Task PassOnAsync(HttpContext http)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _streams.Token);
        try
        {
            using var answer = await SendAsync(http, ends.Token);
            http.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !NotPassedOn.Contains(header.Key)))
            {
                http.Response.Headers[name] = values.ToArray();
            }

            await using var body = await answer.Content.ReadAsStreamAsync(ends.Token);
            await http.Response.StartAsync(ends.Token);
            await http.Response.Body.FlushAsync(ends.Token);
            var buffer = new byte[16 * 1024];
            while (await body.ReadAsync(buffer, ends.Token) is > 0 and var count)
            {
                await http.Response.Body.WriteAsync(Told(buffer.AsMemory(0, count)), ends.Token);
                await http.Response.Body.FlushAsync(ends.Token);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or HttpRequestException)
        {
            http.Abort();
        }
    }

    // Byte for byte, as a piece of a stream may end within a letter.
    private ReadOnlyMemory<byte> Told(ReadOnlyMemory<byte> piece) => Lie is { } lie
        ? Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(piece.Span).Replace(lie.Real, lie.Told, StringComparison.Ordinal))
        : piece;

    private async Task<HttpResponseMessage> SendAsync(HttpContext http, CancellationToken token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_cluster.Address, http.Request.Path + http.Request.QueryString));
        if (http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0)
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, token);
            request.Content = new ByteArrayContent(Lie is { } lie ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.ToArray()).Replace(lie.Told, lie.Real, StringComparison.Ordinal)) : body.ToArray());
        }

        foreach (var (name, values) in http.Request.Headers.Where(header => !NotPassedOn.Contains(header.Key) && !(Lie is not null && header.Key == "Accept-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
    }
}
