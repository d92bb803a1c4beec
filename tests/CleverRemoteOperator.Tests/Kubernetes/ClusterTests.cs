using System.Net;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Tests.Watching;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class ClusterTests
{
    private static readonly ApiResource Redis = RunningWatch.Redis;

    [Fact]
    public async Task An_answer_that_is_another_object_is_told_as_that_and_not_as_a_broken_connection()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenJson(200, Json.Status(200, "OK"));
        using var cluster = server.Connect(TimeProvider.System);

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetAsync(RunningWatch.Redis, "team-a", "cache", default));

        Assert.Equal("Malformed", failure.Reason);
        Assert.Contains("the answer is not the expected object", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_resource_without_its_managed_fields()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenJson(200, Json.Redis("cache", 7));
        using var cluster = server.Connect(TimeProvider.System);
        var resource = await cluster.GetAsync(Redis, "team-a", "cache", default);
        Assert.NotNull(resource);
        Assert.Equal(("team-a", "cache", Json.UidOf("cache"), "7", 1), (resource.Namespace, resource.Name, resource.Uid, resource.ResourceVersion, resource.Generation));
        Assert.Equal("s_mono", resource.Spec.ToObject()?["plan"]?.GetValue<string>());
        Assert.Equal("GET /apis/api.clever-cloud.com/v1/namespaces/team-a/redis/cache", await server.NextRequestAsync());
        Assert.Equal("Bearer the-token", Assert.Single(server.Authorizations));
    }

    [Fact]
    public async Task Gives_nothing_for_what_is_gone_and_fails_for_the_rest()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(404, "NotFound").ThenStatus(403, "Forbidden", "no \\u001b[31m").ThenStatus(409, "Conflict");
        using var cluster = server.Connect(TimeProvider.System);
        Assert.Null(await cluster.GetAsync(Redis, "team-a", "cache", default));
        var forbidden = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetAsync(Redis, "team-a", "cache", default));
        Assert.True(forbidden.IsForbidden);
        Assert.Equal("GET /apis/api.clever-cloud.com/v1/namespaces/team-a/redis/cache: 403 Forbidden: no [31m", forbidden.Message);
        var conflict = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.PatchAsync(Redis, "team-a", "cache", [], default));
        Assert.True(conflict.IsConflict);
    }

    [Fact]
    public async Task A_page_of_something_on_the_way_does_not_count_as_an_answer_that_there_is_nothing()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenJson(404, "404 page not found").ThenJson(404, "<html>no such host</html>");
        using var cluster = server.Connect(TimeProvider.System);

        var secret = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetSecretMetadataAsync("team-a", "clever-kubernetes-operator", default));
        var resource = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.PatchAsync(Redis, "team-a", "cache", [], default));

        Assert.Equal((HttpStatusCode.NotFound, false, false), (secret.Status, secret.IsNotFound, resource.IsNotFound));
    }

    [Theory]
    [InlineData("n/../s", "cache")]
    [InlineData("team-a", "x/y?z")]
    [InlineData("team-a", "..")]
    [InlineData("", "cache")]
    [InlineData("team-a", "")]
    public async Task Refuses_names_that_would_change_the_path(string @namespace, string name)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        using var cluster = server.Connect(TimeProvider.System);
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetAsync(Redis, @namespace, name, default));
        Assert.Equal("InvalidName", failure.Reason);
        Assert.Empty(server.Authorizations);
    }

    [Fact]
    public async Task Applies_a_secret_as_our_field_manager_and_shows_it_nowhere()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(422, "Invalid", "wrong");
        using var cluster = server.Connect(TimeProvider.System);
        var secret = new V1Secret { ApiVersion = "v1", Kind = "Secret", StringData = new Dictionary<string, string> { ["PASSWORD"] = "hunter2" } };
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.ApplySecretAsync("team-a", "cache", secret, default));
        Assert.Equal("PATCH /api/v1/namespaces/team-a/secrets/cache?fieldManager=clever-remote-operator&force=true", await server.NextRequestAsync());
        Assert.Contains("hunter2", Assert.Single(server.Bodies), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_one_key_of_a_secret_decoded()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        for (var time = 0; time < 2; time++)
        {
            server.ThenJson(200, """{"kind":"Secret","data":{"config":"w6k=","more":"","none":null}}""");
        }

        server.ThenJson(200, """{"kind":"Secret","data":{"bad":"%%"}}""").ThenJson(200, """{"data":{"config":"/w=="}}""").ThenJson(200, $$$"""{"data":{"config":"{{{Convert.ToBase64String(new byte[64 * 1024 + 1])}}}"}}""");
        using var cluster = server.Connect(TimeProvider.System);
        Assert.Equal("é", await cluster.GetSecretValueAsync("team-a", "s", "config", default));
        Assert.Null(await cluster.GetSecretValueAsync("team-a", "s", "other", default));
        var notText = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetSecretValueAsync("team-a", "s", "bad", default));
        Assert.DoesNotContain("%%", notText.ToString(), StringComparison.Ordinal);
        var notUtf8 = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetSecretValueAsync("team-a", "s", "config", default));
        Assert.Equal("ValueNotText", notUtf8.Reason);
        await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetSecretValueAsync("team-a", "s", "config", default));
    }

    [Fact]
    public async Task Discovers_each_type_once_in_the_preferred_version_that_has_it()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(404, "NotFound")
            .ThenJson(200, """{"versions":[{"version":"v1alpha1"},{"version":"v1"}],"preferredVersion":{"version":"v1"}}""")
            .ThenJson(200, """{"resources":[{"name":"redis","kind":"Redis","namespaced":true},{"name":"redis/status","kind":"Redis","namespaced":true},{"name":"plans","kind":"Plan","namespaced":false}]}""")
            .ThenJson(200, """{"resources":[{"name":"redis","kind":"Redis","namespaced":true},{"name":"kvs","kind":"KV","namespaced":true}]}""");
        using var cluster = server.Connect(TimeProvider.System);
        Assert.Equal(
            [Redis, new ApiResource("api.clever-cloud.com", "v1alpha1", "kvs", "KV")],
            await cluster.DiscoverAsync(["clever-cloud.com", "api.clever-cloud.com"], default));
    }

    [Fact]
    public async Task Discovery_that_is_forbidden_fails()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(403, "Forbidden");
        using var cluster = server.Connect(TimeProvider.System);
        Assert.True((await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.DiscoverAsync(["clever-cloud.com"], default))).IsForbidden);
    }

    [Fact]
    public async Task Creates_a_lease_without_a_revision_and_replaces_one_with()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenJson(201, "{}").ThenJson(200, "{}");
        using var cluster = server.Connect(TimeProvider.System);
        await cluster.PutLeaseAsync("default", "lease", new V1Lease { Metadata = new() }, default);
        await cluster.PutLeaseAsync("default", "lease", new V1Lease { Metadata = new() { ResourceVersion = "1" } }, default);
        Assert.StartsWith("POST /apis/coordination.k8s.io/v1/namespaces/default/leases?", await server.NextRequestAsync(), StringComparison.Ordinal);
        Assert.StartsWith("PUT /apis/coordination.k8s.io/v1/namespaces/default/leases/lease?", await server.NextRequestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_up_after_30_s_and_tells_the_observer()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        var time = new FakeTimeProvider();
        var seen = new List<string>();
        using var cluster = server.Connect(time, (id, verb, resource, status, elapsed) => seen.Add($"{id} {verb} {resource} {status} {elapsed.TotalSeconds}"));
        var answer = cluster.PatchStatusAsync(Redis, "team-a", "cache", [], default);
        await server.NextRequestAsync();
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => answer.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal("PATCH /apis/api.clever-cloud.com/v1/namespaces/team-a/redis/cache/status: no answer within 30 s", failure.Message);
        Assert.Equal(["scripted patch redis/status  30"], seen);
    }

    [Fact]
    public async Task Does_not_follow_redirects_with_our_token()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenJson(302, "", ("Location", "/elsewhere")).ThenJson(200, "{}");
        using var cluster = server.Connect(TimeProvider.System);
        Assert.Equal(HttpStatusCode.Found, (await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetVersionAsync(default))).Status);
        Assert.Single(server.Authorizations);
    }

    [Fact]
    public async Task Tells_that_nobody_listens()
    {
        var server = await ScriptedApiServer.StartAsync();
        using var cluster = server.Connect(TimeProvider.System);
        await server.DisposeAsync();
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetVersionAsync(default));
        Assert.Equal($"GET /version: no connection to {server.Address.Authority}: Connection refused", failure.Message);
        Assert.Null(failure.Status);
    }

    [Fact]
    public async Task Refuses_an_answer_larger_than_an_object_can_be()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenJson(200, new string(' ', 4 * 1024 * 1024 + 1));
        using var cluster = server.Connect(TimeProvider.System);
        Assert.Equal("AnswerTooLarge", (await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetVersionAsync(default))).Reason);
    }
}
