using System.Text.Json;
using CleverRemoteOperator.CleverCloud;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using static CleverRemoteOperator.Tests.CleverCloud.ApiUnderTest;

namespace CleverRemoteOperator.Tests.CleverCloud;

/// <summary>An API that repeats what it was sent in its answers.</summary>
public sealed class EchoedSecretsTests
{
    [Theory]
    [InlineData(400, "text/plain")]
    [InlineData(401, "application/json")]
    [InlineData(500, "application/json in application/json")]
    public async Task What_signs_the_requests_is_not_cited_however_it_is_written(int status, string form)
    {
        const string token = "synthetic\"token+0123456789";
        var echo = $"'{token}' is none, nor {Uri.EscapeDataString(token)}";
        var body = form switch
        {
            "text/plain" => echo,
            "application/json" => JsonSerializer.Serialize(new Dictionary<string, string> { ["message"] = echo }),
            _ => JsonSerializer.Serialize(new Dictionary<string, string> { ["message"] = JsonSerializer.Serialize(echo) }),
        };
        await using var server = await CleverServer.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = Secret;
            await context.Response.WriteAsync(body);
        });
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(
            () => client.For(client.Account(token)).ListAddonsAsync(Organisation, TestContext.Current.CancellationToken));

        Assert.Contains("***", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_that_were_sent_are_not_cited_and_ordinary_words_of_them_hide_nothing()
    {
        await using var server = await CleverServer.StartAsync(400, """{"id":1,"message":"KEY: 'hidden-value-1' is too long, true"}""");
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => client.Api.SetVariablesAsync(
            "config_1", new Dictionary<string, string> { ["KEY"] = "hidden-value-1", ["FLAG"] = "true" }, TestContext.Current.CancellationToken));

        Assert.EndsWith(": KEY: '***' is too long, true (id 1)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_variable_that_holds_what_signs_the_requests_nothing_is_left()
    {
        const string token = "synthetic-token-0123456789";
        await using var server = await CleverServer.StartAsync(400, $$"""{"id":1,"message":"no: 'rest-1 {{token}} rest-2' and {{token}}"}""");
        using var client = new ApiUnderTest(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => client.For(client.Account(token)).SetVariablesAsync(
            "config_1", new Dictionary<string, string> { ["KEY"] = $"rest-1 {token} rest-2" }, TestContext.Current.CancellationToken));

        Assert.EndsWith(": no: '***' and *** (id 1)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_account_is_told_is_not_changed_by_the_token_of_another()
    {
        await using var server = await CleverServer.StartAsync(400, """{"id":1,"message":"this is not allowed"}""");
        using var client = new ApiUnderTest(server.Endpoint);
        await Assert.ThrowsAsync<CleverApiException>(
            () => client.For(client.Account("not allowed")).ListAddonsAsync(Organisation, TestContext.Current.CancellationToken));

        Assert.EndsWith(": this is not allowed (id 1)", (await Assert.ThrowsAsync<CleverApiException>(client.ListAsync)).Message, StringComparison.Ordinal);
    }
}
