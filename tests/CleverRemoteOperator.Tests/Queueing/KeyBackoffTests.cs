using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Queueing;

namespace CleverRemoteOperator.Tests.Queueing;

public sealed class KeyBackoffTests
{
    private static readonly ReconcileKey Key =
        new(new ClusterId("paris"), new ApiResource("api.clever-cloud.com", "v1", "redis", "Redis"), "default", "a");

    private readonly KeyBackoff _backoff = new(() => 0);

    [Fact]
    public void Waits_double_up_to_five_minutes_and_start_anew_once_something_changed()
    {
        var waits = Enumerable.Range(0, 11).Select(_ => _backoff.Next(Key).TotalSeconds).ToList();
        _backoff.Restart(Key);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], waits);
        Assert.Equal(1, _backoff.Next(Key).TotalSeconds);
    }

    [Fact]
    public void The_same_problem_is_told_once_even_through_edits_and_again_after_the_resource_was_gone()
    {
        Assert.True(_backoff.IsNews(Key, "no plan huge"));
        _backoff.Restart(Key);
        Assert.False(_backoff.IsNews(Key, "no plan huge"));

        _backoff.Forget(Key);

        Assert.True(_backoff.IsNews(Key, "no plan huge"));
    }
}
