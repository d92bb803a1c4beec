using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;
using CleverRemoteOperator.Tests.Sandbox.KubernetesApi;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class SecretListTests
{
    [Fact]
    public async Task Metadata_of_Secrets_is_listed_in_pages_where_the_server_does_not_stream_lists()
    {
        await using var api = await ClusterFixture.StartAsync();
        await api.PostAsync("/api/v1/namespaces/default/secrets", """{"metadata":{"name":"a"},"stringData":{"password":"of the test"}}""");
        api.Server.Faults.Add(new(new Fault.Refuse(422, "Invalid", "sendInitialEvents is forbidden")) { Verb = "watch", Times = 1 });
        using var cluster = new Cluster(new ClusterId("sandbox"), ConnectionTo(api), TimeProvider.System, null);
        using var slots = new ListSlots(1);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var watch = new Reflector<SecretMetadata>(
            cluster, new WatchScope(ApiResource.Secrets, "default"), ObjectReading.Secrets, slots, TimeProvider.System, () => 0, NullLogger.Instance);
        var synced = new TaskCompletionSource();
        var running = watch.RunAsync(
            change =>
            {
                if (change.Type == WatchEventType.Synced)
                {
                    synced.TrySetResult();
                }
            },
            stop.Token);

        await Task.WhenAny(synced.Task, running);

        Assert.NotNull(watch.Store.Get("default", "a"));
        await stop.CancelAsync();
        await running;
    }

    private static ClusterConnection ConnectionTo(ClusterFixture api)
    {
        var connection = new ClusterConnection
        {
            Server = api.Server.Address,
            Token = api.Server.Token(ClusterUser.Admin),
        };
        connection.CertificateAuthorities.ImportFromPem(api.Server.AuthorityPem);
        return connection;
    }
}
