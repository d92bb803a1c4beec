using System.Net;
using System.Text;
using CleverRemoteOperator.Addons.Secrets;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Watching;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class SecretPublisherTests
{
    private static readonly AddonResource Resource = ReconcilerWorld.NewResource("{}");
    private static readonly Dictionary<string, string> Environment = new() { ["REDIS_URL"] = "redis://new" };
    private static readonly SecretMetadata Written = new("default", "cache", "uid", "8", [Resource.Uid], IsAppliedByOperator: true);

    private readonly OwnWrites _ownWrites = new(TimeProvider.System);
    private readonly ICluster _cluster = Substitute.For<ICluster>();
    private readonly SecretPublisher _publisher;

    public SecretPublisherTests()
    {
        _publisher = new SecretPublisher(_cluster, new Reflector<SecretMetadata>(
            _cluster, new WatchScope(ApiResource.Secrets, "default"), ObjectReading.Secrets, new ListSlots(), new FakeTimeProvider(), () => 0, NullLogger.Instance), _ownWrites);
        _cluster.ApplySecretAsync("default", "cache", Arg.Any<V1Secret>(), Arg.Any<CancellationToken>()).Returns(Written);
    }

    [Fact]
    public async Task A_new_secret_is_one_write_and_no_read()
    {
        Assert.Equal(SecretState.Published, await PublishAsync());

        await _cluster.Received(1).ApplySecretAsync("default", "cache", Arg.Is<V1Secret>(secret => Holds(secret, "redis://new") && secret.Metadata.ResourceVersion != null), Arg.Any<CancellationToken>());
        await _cluster.DidNotReceiveWithAnyArgs().GetSecretMetadataAsync("", "", default);
        Assert.True(_ownWrites.IsSecretEcho(Resource.Uid, Written.ResourceVersion));
    }

    [Theory]
    [InlineData(true, "somebody else", nameof(SecretState.Foreign))]
    [InlineData(true, null, nameof(SecretState.Left))]
    [InlineData(false, null, nameof(SecretState.Foreign))]
    public async Task A_secret_that_is_not_the_resources_own_is_left_as_it_is_whoever_wrote_it(bool isAppliedByOperator, string? owner, string expected)
    {
        Refuse(new SecretMetadata("default", "cache", "u", "7", owner is null ? [] : [owner], isAppliedByOperator));

        Assert.Equal(expected, (await PublishAsync()).ToString());

        // The one that the server itself refused.
        await _cluster.ReceivedWithAnyArgs(1).ApplySecretAsync("", "", new V1Secret(), default);
        await _cluster.DidNotReceiveWithAnyArgs().PatchSecretAsync("", "", [], default);
    }

    [Fact]
    public async Task The_resources_own_secret_that_the_watch_does_not_show_is_brought_up_to_date()
    {
        // As the reference operator leaves it: without our label.
        Refuse(new SecretMetadata("default", "cache", "u", "7", [Resource.Uid]), Written);

        Assert.Equal(SecretState.Published, await PublishAsync());

        await _cluster.Received(1).ApplySecretAsync("default", "cache", Arg.Is<V1Secret>(secret => secret.Metadata.Uid == "u" && Holds(secret, "redis://new")), Arg.Any<CancellationToken>());
    }

    private static bool Holds(V1Secret secret, string url) => Encoding.UTF8.GetString(secret.Data["REDIS_URL"]) == url;

    // The server refuses the first write, since there is a Secret already.
    private void Refuse(SecretMetadata existing, SecretMetadata? then = null)
    {
        _cluster.ApplySecretAsync("default", "cache", Arg.Is<V1Secret>(secret => secret.Metadata.Uid == null || then == null), Arg.Any<CancellationToken>())
            .ThrowsAsync(new KubernetesApiException("changed", HttpStatusCode.Conflict, "Conflict"));
        _cluster.GetSecretMetadataAsync("default", "cache", Arg.Any<CancellationToken>()).Returns(existing);
    }

    private Task<SecretState> PublishAsync() => _publisher.PublishAsync(Resource, "cache", Environment, SecretShape.Default, TestContext.Current.CancellationToken);
}
