using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Commands.Explain;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Tests.Commands.Fleet;

namespace CleverRemoteOperator.Tests.Commands.Explain;

/// <summary>The story of one resource.</summary>
public sealed class StoryTests : IDisposable
{
    private readonly CommandLineWorld _world = new();
    private readonly FakeFleet _fleet = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task It_begins_with_what_is_wrong_and_says_nothing_twice()
    {
        _fleet.Add("paris").With(FakeFleet.Resource("Redis", "shop", "cache", "PlanNotAvailable", TimeSpan.FromHours(3), "it has no plan", isStalled: true));
        var resource = Assert.Single(Assert.Single(await _fleet.ReadAsync()).Resources);
        var at = FakeFleet.Now.AddHours(-3);
        StoryLine ready = new("Ready=False", "PlanNotAvailable", "it has no plan", at);

        var story = new Story(
            new(_fleet.Clusters[0], "shop", AddonCatalog.Find("redis")!, "cache"), resource, "plan huge", "the operator's", "none yet", "none was written yet",
            "removes the resource; no add-on is known", [ready, ready with { What = "Stalled=True" }], [ready with { What = "Warning" }]);

        Assert.Equal(
            """
            paris/shop/Redis/cache  NotReady, PlanNotAvailable for 3h
              message        it has no plan
              what to do     Choose one of those.
              spec           plan huge
              account        the operator's
              add-on         none yet
              Secret         none was written yet
              deletion       removes the resource; no add-on is known
              Stalled=True   PlanNotAvailable, 3h, with that message
              Event Warning  PlanNotAvailable, 3h ago, with that message

            """,
            StoryView.Write(story, Terminal.Pipe, FakeFleet.Now));
    }

    [Theory]
    [InlineData("paris/shop/redis", "error: resource: \"paris/shop/redis\" is not allowed; allowed: CLUSTER/NAMESPACE/KIND/NAME, such as paris/shop/postgresql/db\n")]
    [InlineData("pris/shop/redis/cache", "error: resource: cluster: \"pris\" is not known; did you mean paris?\n")]
    [InlineData("paris/shop/rdis/cache", "error: resource: kind: \"rdis\" is not known; did you mean Redis?\n")]
    [InlineData("paris/Shop/redis/cache", "error: resource: namespace: \"Shop\" is not a Kubernetes name\n")]
    public async Task A_wrong_place_is_told_with_the_way_out(string place, string expected)
    {
        _world.Folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig);

        Assert.Equal((2, "", expected), await _world.RunAsync("explain", place));
    }
}
