using System.Text;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Tests.Watching;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Kubernetes;

/// <summary>An API server, or what stands before it, that repeats what it was sent in its answers.</summary>
public sealed class EchoedSecretsTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_of_a_request_is_not_cited()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(403, "Forbidden", "user of 'the-token' cannot get");
        using var cluster = server.Connect(TimeProvider.System);

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetAsync(RunningWatch.Redis, "team-a", "cache", Token));

        Assert.EndsWith("403 Forbidden: user of '***' cannot get", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_values_of_a_Secret_that_is_refused_are_not_cited_be_they_in_base64_or_not()
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes("hidden-password"));
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(422, "Invalid", $"denied: PASSWORD=hidden-password ({encoded}) of other-hidden-one, port 5432");
        using var cluster = server.Connect(TimeProvider.System);
        var secret = new V1Secret
        {
            Kind = "Secret",
            Data = new Dictionary<string, byte[]> { ["PASSWORD"] = Encoding.UTF8.GetBytes("hidden-password"), ["PORT"] = Encoding.UTF8.GetBytes("5432") },
            StringData = new Dictionary<string, string> { ["OTHER"] = "other-hidden-one" },
        };

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.ApplySecretAsync("team-a", "db", secret, Token));

        Assert.EndsWith(": denied: PASSWORD=*** (***) of ***, port 5432", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer", "the-token", "the-token is not good", "*** is not good")]
    [InlineData("Basic", "bWU6aGlkZGVuLXdvcmQ=", "bWU6aGlkZGVuLXdvcmQ= is me:hidden-word", "*** is me:***")]
    public void In_a_stream_neither(string scheme, string proof, string message, string told)
    {
        using var sent = new HttpRequestMessage();
        sent.Headers.Authorization = new(scheme, proof);

        var failure = ApiError.FromStatus("the watch", new V1Status { Code = 403, Reason = "Forbidden", Message = message }, sent);

        Assert.Equal($"the watch: 403 Forbidden: {told}", failure.Message);
    }

    [Fact]
    public async Task A_watch_knows_what_it_was_opened_with()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(403, "Forbidden", "no");
        using var cluster = server.Connect(TimeProvider.System);
        await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.OpenAsync("version", Token));
        server.ThenJson(200, "{}");

        using var answer = await cluster.OpenAsync("version", Token);

        Assert.Equal("the-token", answer.RequestMessage?.Headers.Authorization?.Parameter);
    }
}
