using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class CleverExchangeTests
{
    private static readonly CleverCredentials Credentials = new(
        new Uri("https://user:password@api.example.com/ignored"), "the-token", "the-secret", "key", "consumer-secret", null);

    private static readonly CleverRequest Creation =
        CleverRequest.To(HttpMethod.Post, "/v2/organisations/{organisation}/addons", "orga_1") with { Body = "{\"a\":\"value\"}"u8.ToArray() };

    private readonly RecordedLog<CleverApi> _logger = new();

    [Fact]
    public async Task A_connection_that_takes_too_long_is_no_answer_to_something_never_sent()
    {
        var failure = await Assert.ThrowsAsync<CleverApiException>(
            () => SendAsync(_ => throw new TaskCanceledException("", new TimeoutException("Connecting took too long."))));

        Assert.Equal((null, true, false), (failure.Status, failure.CanRetry, failure.IsOutcomeUnknown));
        Assert.Contains("Connecting took too long.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_goes_to_the_origin_alone()
    {
        Uri? asked = null;

        await SendAsync(request =>
        {
            asked = request.RequestUri;
            return new HttpResponseMessage(HttpStatusCode.OK);
        });

        Assert.Equal("https://api.example.com/v2/organisations/orga_1/addons", asked?.AbsoluteUri);
    }

    [Fact]
    public async Task The_log_tells_route_and_status_and_no_value()
    {
        await SendAsync(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("the answer") });

        var line = Assert.Single(_logger.Lines);
        Assert.StartsWith("Debug Clever API POST /v2/organisations/{organisation}/addons: 200 after ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("orga_1", line, StringComparison.Ordinal);
    }

    private async Task<bool> SendAsync(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var http = new HttpMessageInvoker(new Handler(answer));
        var exchange = new CleverExchange(Credentials, http, TimeProvider.System, (_, _, _, _) => { }, _logger);
        using var body = new SentBody(Creation.Body!, () => true);
        return await exchange.SendAsync(Creation, body, AnswerReaders.Ignore, CancellationToken.None);
    }

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
