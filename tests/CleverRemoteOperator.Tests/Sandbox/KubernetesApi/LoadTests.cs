namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class LoadTests
{
    [Fact]
    public async Task Five_hundred_watches_see_every_change_in_order()
    {
        await using var cluster = await ClusterFixture.StartAsync();
        await cluster.InstallWidgetsAsync();
        await cluster.CreateWidgetAsync("a");
        List<WatchReader> watches = [];
        for (var i = 0; i < 500; i++)
        {
            watches.Add(await cluster.WatchAsync(ClusterFixture.Widgets + "?watch=1"));
        }

        for (var size = 2; size <= 20; size++)
        {
            Assert.Equal(200, (await cluster.MergeAsync(ClusterFixture.Widgets + "/a", $$$"""{"spec":{"size":{{{size}}}}}""")).Code);
        }

        foreach (var watch in watches)
        {
            for (var size = 1; size <= 20; size++)
            {
                var (type, widget) = await watch.NextAsync();
                Assert.Equal((size == 1 ? "ADDED" : "MODIFIED", size), (type, widget["spec"]!["size"]!.GetValue<int>()));
            }

            watch.Dispose();
        }
    }
}
