using System.Net;
using CleverRemoteOperator.CleverCloud;
using Microsoft.AspNetCore.Http;
using static CleverRemoteOperator.Tests.CleverCloud.ApiUnderTest;
using static CleverRemoteOperator.Tests.CleverCloud.CleverServer;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CleverApiFailureTests
{
    private const string RateLimited = """{"id":403,"message":"You have performed that request too much.","type":"error"}""";
    private const string Page = "<html><body>secret gateway</body></html>";

    [Theory]
    [InlineData(400, """{"obj.name":[{"msg":["error.path.missing"],"args":[]}]}""", null, false)]
    [InlineData(401, """{"id":2001,"message":"Not connected","type":"error"}""", "2001", false)]
    [InlineData(403, """{"id":10300,"message":"This addon does not belong to you.","type":"error"}""", "10300", false)]
    [InlineData(404, """{"id":4004,"message":"No such owner","type":"error"}""", "4004", false)]
    [InlineData(429, """{"code":"clever.core.too-many-requests","context":{"type":"empty"},"error":"slow down"}""", "clever.core.too-many-requests", true)]
    [InlineData(403, RateLimited, "403", true)]
    public async Task A_4xx_is_a_known_refusal(int status, string body, string? errorId, bool isRateLimit)
    {
        await using var server = await StartAsync(status, body);
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync);

        Assert.Equal(((HttpStatusCode?)status, errorId), (failure.Status, failure.ErrorId));
        Assert.Equal((isRateLimit, isRateLimit, false), (failure.IsRateLimit, failure.CanRetry, failure.IsOutcomeUnknown));
        Assert.Single(server.Requests);
    }

    public static TheoryData<string, Func<HttpContext, Task>> UnknownOutcomes => new()
    {
        { "dropped", DropAsync },
        { "503 of a provider", context => Answer(503, """{"id":-500,"message":"Error from provider: [full]","type":"error"}""")(context) },
        { "502 page", context => Answer(502, Page)(context) },
        { "garbage", context => Answer(200, "{\"id\":")(context) },
        { "null", context => Answer(200, "null")(context) },
        { "no id", context => Answer(200, "{}")(context) },
        { "page", context => Answer(200, Page)(context) },
        { "empty 201", context => Answer(201, "")(context) },
        { "list", context => Answer(200, "[]")(context) },
        { "10 MB", context => Answer(200, $$"""{"id":"addon_1","name":"{{new string('x', 10_000_000)}}"}""")(context) },
        { "408 on the way", context => Answer(408, "")(context) },
        { "504 page", context => Answer(504, Page)(context) },
        { "redirect", context => Redirect(context, "/v2/self") },
        { "cut off", CutOffAsync },
    };

    [Theory]
    [MemberData(nameof(UnknownOutcomes))]
    public async Task A_creation_without_a_clear_answer_may_have_happened_and_is_not_repeated(string name, Func<HttpContext, Task> answer)
    {
        await using var server = await StartAsync(context => answer(context));
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync);

        Assert.True(failure.IsOutcomeUnknown, name);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_creation_on_a_kept_connection_that_drops_is_sent_once()
    {
        await using var server = await StartAsync(DropAsync);
        server.First(Answer(200, "[]"));
        using var client = new ApiUnderTest(server.Endpoint);
        await client.ListAsync();

        Assert.True((await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync)).IsOutcomeUnknown);

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_creation_that_was_held_up_does_not_leave(bool onKeptConnection)
    {
        await using var server = await StartAsync(200, "[]");
        using var client = new ApiUnderTest(server.Endpoint);
        if (onKeptConnection)
        {
            await client.ListAsync();
        }

        var failure = await Assert.ThrowsAsync<CleverApiException>(
            () => client.Api.CreateAddonAsync(Organisation, Request, () => false, TestContext.Current.CancellationToken));

        Assert.Equal((CleverFailureKind.Expired, true), (failure.Kind, failure.IsOutcomeUnknown));
        Assert.DoesNotContain(server.Requests, request => request.Line.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_creation_nobody_listened_to_did_not_happen()
    {
        var server = await StartAsync(200, "");
        await server.DisposeAsync();
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(client.CreateAsync);

        Assert.Equal((null, true, false), (failure.Status, failure.CanRetry, failure.IsOutcomeUnknown));
    }

    public static TheoryData<string, Func<HttpContext, Task>> Repeatable => new()
    {
        { "dropped", DropAsync },
        { "cut off", CutOffAsync },
        { "500", context => Answer(500, "")(context) },
        { "503", context => Answer(503, """{"id":-500,"message":"Error from provider"}""")(context) },
        { "502 page", context => Answer(502, Page)(context) },
        { "429", context => Answer(429, "")(context) },
        { "403 with id 403", context => Answer(403, RateLimited)(context) },
    };

    [Theory]
    [MemberData(nameof(Repeatable))]
    public async Task What_is_safe_to_repeat_is_repeated(string name, Func<HttpContext, Task> answer)
    {
        await using var server = await StartAsync(200, "[]");
        server.First(context => answer(context), context => answer(context), context => answer(context));
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.True((await client.ListAsync()).Count == 0, name);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(4, client.Seen.Count);
    }

    [Fact]
    public async Task A_fourth_failure_is_the_callers()
    {
        await using var server = await StartAsync(503, "");
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.True((await Assert.ThrowsAsync<CleverApiException>(client.FindAsync)).CanRetry);

        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_request_is_signed_anew_for_each_try()
    {
        await using var server = await StartAsync(200, "[]");
        server.First(Answer(503, ""));
        using var client = new ApiUnderTest(server.Endpoint);

        await client.Api.SetVariablesAsync("config_1", new Dictionary<string, string> { ["A"] = "1" }, CancellationToken.None);

        Assert.Equal(2, server.Requests.Select(request => request.Headers["Authorization"]).Distinct().Count());
        Assert.Single(server.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await StartAsync(200, "[]");
        await using var server = await StartAsync(context => Redirect(context, other.Endpoint.AbsoluteUri));
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(client.ListAsync);

        Assert.Equal((HttpStatusCode.TemporaryRedirect, false), (failure.Status, failure.CanRetry));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task An_endless_answer_is_left_after_4_MiB()
    {
        await using var server = await StartAsync(EndlessAsync);
        using var client = new ApiUnderTest(server.Endpoint, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<CleverApiException>(client.FindAsync);

        Assert.Equal(CleverFailureKind.TooLarge, failure.Kind);
    }

    [Fact]
    public async Task Nesting_ends_at_64()
    {
        await using var server = await StartAsync(200, $$"""{"id":"addon_1","x":{{new string('[', 70)}}{{new string(']', 70)}} }""");
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.Equal(CleverFailureKind.Unreadable, (await Assert.ThrowsAsync<CleverApiException>(client.FindAsync)).Kind);
    }

    [Fact]
    public async Task An_error_is_told_shortly_on_one_line_and_without_secrets()
    {
        var echo = $"bad {Token} and {Secret}\\u0007\\r\\n\\u202e{new string('y', 9000)}";
        await using var server = await StartAsync(400, $$"""{"id":1,"message":"{{echo}}"}""");
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(client.FindAsync);

        Assert.StartsWith(
            "GET /v2/organisations/{organisation}/addons/{addon}: 400 Bad Request: bad *** and *** yyy", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 256, 400);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_not_quoted()
    {
        await using var server = await StartAsync(502, Page);
        using var client = new ApiUnderTest(server.Endpoint);

        Assert.EndsWith(": 502 Bad Gateway", (await Assert.ThrowsAsync<CleverApiException>(client.FindAsync)).Message, StringComparison.Ordinal);
    }

    private static Task Redirect(HttpContext context, string to)
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    }

    private static async Task CutOffAsync(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("[{\"id\":\"addon_1\"");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        var chunk = new byte[64 * 1024];
        chunk.AsSpan().Fill((byte)' ');
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(chunk);
        }
    }
}
