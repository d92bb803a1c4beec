using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CleverRemoteOperator.Tests.CleverCloud;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class WebhookTests
{
    private const string Webhooks = $"/v2/notifications/webhooks/{SandboxApi.Organisation}";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Creation_and_deletion_are_posted_to_who_asked_for_them()
    {
        var posts = Channel.CreateUnbounded<string>();
        await using var receiver = await CleverServer.StartAsync(async context => await posts.Writer.WriteAsync(context.Request.Path));
        await using var api = await SandboxApi.StartAsync();
        await CreateAsync(api, new Uri(receiver.Endpoint, "/all"), ["ADDON_CREATION", "ADDON_DELETION"]);
        await CreateAsync(api, new Uri(receiver.Endpoint, "/deleted"), ["ADDON_DELETION"]);
        await CreateAsync(api, new Uri(receiver.Endpoint, "/another"), ["META_SERVICE_LIFECYCLE"], "addon_another");

        var addon = await api.CreateAsync();
        Assert.Equal("/all", await NextAsync(posts));
        await api.Client.DeleteAsync($"{SandboxApi.Addons}/{addon["id"]}");

        Assert.Equal(["/all", "/deleted"], new[] { await NextAsync(posts), await NextAsync(posts) }.Order());
        Assert.Equal("ADDON_CREATION", (string?)JsonNode.Parse(receiver.Requests.First().Body)!["event"]);
        Assert.Equal(3, receiver.Requests.Count);
    }

    [Fact]
    public async Task A_webhook_is_listed_and_deleted_by_its_owner_alone()
    {
        await using var api = await SandboxApi.StartAsync();
        var hook = await CreateAsync(api, new Uri("https://operator.example/secret"), ["ADDON_CREATION"]);

        Assert.Equal(["id", "ownerId", "name", "urls", "events", "scope", "createdAt", "failures", "state"], hook.Select(field => field.Key));
        Assert.Equal("""[{"format":"raw","url":"https://operator.example/secret"}]""", Assert.Single((await api.GetAsync(Webhooks)).AsArray())!["urls"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.Forbidden, (await api.Other.GetAsync(Webhooks)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Other.DeleteAsync($"/v2/notifications/webhooks/{SandboxApi.OtherOrganisation}/{hook["id"]}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Client.DeleteAsync($"{Webhooks}/{hook["id"]}")).StatusCode);
        Assert.Empty((await api.GetAsync(Webhooks)).AsArray());
    }

    [Fact]
    public async Task What_nobody_takes_is_noted_and_holds_nothing_up()
    {
        var refused = new TaskCompletionSource();
        await using var receiver = await CleverServer.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            context.Response.OnCompleted(() =>
            {
                refused.TrySetResult();
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });
        await using var api = await SandboxApi.StartAsync();
        await CreateAsync(api, receiver.Endpoint, ["ADDON_CREATION"]);
        await api.CreateAsync();
        await refused.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

        using var limit = new CancellationTokenSource(Limit);
        while ((await api.GetAsync(Webhooks))[0]!["failures"]!.AsArray().Count == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal("500", (string?)(await api.GetAsync(Webhooks))[0]!["failures"]![0]);
    }

    [Theory]
    [InlineData("""{"name":"n","urls":[],"events":["ADDON_CREATION"]}""")]
    [InlineData("""{"name":"n","urls":[{"format":"raw","url":"https://a.example"}],"events":["ADDON_RENAMED"]}""")]
    [InlineData("""{"name":"n","urls":[{"format":"raw","url":"ftp://a.example"}],"events":["ADDON_CREATION"]}""")]
    public async Task A_webhook_that_cannot_be_is_refused(string body)
    {
        await using var api = await SandboxApi.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await api.Client.PostAsync(Webhooks, new StringContent(body))).StatusCode);
    }

    [Fact]
    public async Task The_events_there_are_can_be_asked_for()
    {
        await using var api = await SandboxApi.StartAsync();

        Assert.Equal("""["ADDON_CREATION","ADDON_DELETION"]""", (await api.GetAsync("/v2/notifications/info/events"))["events"]!.ToJsonString());
    }

    private static async Task<string> NextAsync(Channel<string> posts) => await posts.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    private static async Task<JsonObject> CreateAsync(SandboxApi api, Uri url, string[] events, params string[] scope)
    {
        var answer = await api.Client.PostAsJsonAsync(Webhooks, new { name = "operator", urls = new[] { new { format = "raw", url } }, events, scope });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
