using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Queueing;

namespace CleverRemoteOperator.Tests.Queueing;

public sealed class KeyFailuresTests
{
    private static readonly ReconcileKey Key =
        new(new ClusterId("paris"), new ApiResource("api.clever-cloud.com", "v1", "redis", "Redis"), "default", "a");

    private readonly KeyFailures _failures = new(() => 0);

    [Fact]
    public void Waits_double_up_to_five_minutes_and_start_anew_once_something_changed()
    {
        var waits = Enumerable.Range(0, 11).Select(_ => _failures.Next(Key).TotalSeconds).ToList();
        _failures.Restart(Key);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], waits);
        Assert.Equal(1, _failures.Next(Key).TotalSeconds);
    }

    [Fact]
    public void The_same_problem_is_told_once_even_through_edits_and_again_after_the_resource_was_gone()
    {
        Assert.True(_failures.IsNews(Key, "no plan huge"));
        _failures.Restart(Key);
        Assert.False(_failures.IsNews(Key, "no plan huge"));

        _failures.Forget(Key);

        Assert.True(_failures.IsNews(Key, "no plan huge"));
    }
}
