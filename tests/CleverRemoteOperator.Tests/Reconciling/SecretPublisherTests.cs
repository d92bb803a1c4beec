using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class SecretPublisherTests : IDisposable
{
    private static readonly AddonResource Resource = ReconcilerWorld.NewResource("{}");
    private static readonly Dictionary<string, string> Environment = new() { ["REDIS_URL"] = "redis://new" };

    private readonly Steps _steps = new();
    private readonly OwnWrites _ownWrites = new(TimeProvider.System);
    private readonly FakeCluster _cluster;
    private readonly SecretPublisher _publisher;

    public SecretPublisherTests()
    {
        _cluster = new FakeCluster(_steps);
        _publisher = new SecretPublisher(_cluster, new Reflector<SecretMetadata>(
            _cluster, new WatchScope(ApiResource.Secrets, "default"), ObjectReading.Secrets, new ListSlots(), new FakeTimeProvider(), () => 0, NullLogger.Instance), _ownWrites);
    }

    [Fact]
    public async Task A_new_secret_is_one_write_and_no_read()
    {
        await PublishAsync();

        Assert.Equal(["secret apply"], _steps.Made);
        Assert.True(_ownWrites.IsSecretEcho(Resource.Uid, _cluster.Secrets["cache"].Metadata.ResourceVersion));
        Assert.Equal("redis://new", _cluster.Secrets["cache"].Data["REDIS_URL"]);
    }

    [Fact]
    public async Task A_secret_nobody_told_us_of_is_refused_by_the_server_and_left_as_it_is()
    {
        Add("somebody else");

        Assert.Equal(SecretState.Foreign, await PublishAsync());

        Assert.Equal("old", _cluster.Secrets["cache"].Data["REDIS_URL"]);
    }

    [Theory]
    [InlineData(true, nameof(SecretState.Left))]
    [InlineData(false, nameof(SecretState.Foreign))]
    public async Task A_secret_without_owner_is_left_as_it_is_whoever_wrote_it(bool isAppliedByOperator, string expected)
    {
        Add();
        var (metadata, data) = _cluster.Secrets["cache"];
        _cluster.Secrets["cache"] = (metadata with { IsAppliedByOperator = isAppliedByOperator }, data);

        Assert.Equal(expected, (await PublishAsync()).ToString());

        Assert.Equal("old", _cluster.Secrets["cache"].Data["REDIS_URL"]);
    }

    [Fact]
    public async Task The_resources_own_secret_that_the_watch_does_not_show_is_brought_up_to_date()
    {
        // As the reference operator leaves it: without our label.
        Add(Resource.Uid);

        await PublishAsync();

        Assert.Equal(["secret apply", "secret get", "secret apply"], _steps.Made);
        Assert.Equal("redis://new", _cluster.Secrets["cache"].Data["REDIS_URL"]);
    }

    public void Dispose() => _cluster.Dispose();

    private Task<SecretState> PublishAsync() => _publisher.PublishAsync(Resource, "cache", Environment, TestContext.Current.CancellationToken);

    private void Add(params string[] owners) =>
        _cluster.Secrets["cache"] = (new SecretMetadata("default", "cache", "u", "7", owners), new() { ["REDIS_URL"] = "old" });
}
