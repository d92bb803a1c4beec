using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class ResourceStoreTests
{
    [Fact]
    public void A_flooded_namespace_is_kept_up_to_its_limit_and_listed_again_when_there_is_room()
    {
        var store = new ResourceStore<SecretMetadata>(perNamespace: 2);
        var told = new List<string>();
        var updates = new StoreUpdates<SecretMetadata>(store, change => told.Add($"{change.Type} {change.Object?.Name}"), () => { });
        updates.BeginList();
        foreach (var name in new[] { "one", "two", "three" })
        {
            updates.Put(Secret("flooded", name));
        }

        updates.Put(Secret("other", "four"));
        updates.EndList();

        Assert.Equal(["Listed one", "Listed two", "Listed four", "Synced "], told);
        Assert.Equal("namespace flooded has more than 2 objects; those beyond are not served", store.Problem);
        Assert.False(store.HasRoomAgain);
        updates.Remove("flooded", "one");
        Assert.True(store.HasRoomAgain);
        updates.BeginList();
        Assert.Null(store.Problem);
    }

    [Fact]
    public void A_server_that_makes_up_namespaces_fills_no_more_than_the_limit_of_all()
    {
        var store = new ResourceStore<SecretMetadata>(perNamespace: 2, inAll: 3);

        var kept = Enumerable.Range(0, 10).Count(number => store.Put(Secret($"made-up-{number}", "x")));

        Assert.Equal((3, 3), (kept, store.Count));
        Assert.Equal("there are more than 3 objects; those beyond are not served", store.Problem);
    }

    [Fact]
    public void Objects_that_share_a_uid_are_all_found_by_it_until_they_go()
    {
        var store = new ResourceStore<SecretMetadata>();
        SecretMetadata[] same = [.. new[] { "one", "two", "three" }.Select(name => Secret("a", name) with { Uid = "same" })];
        Assert.All(same, secret => Assert.True(store.Put(secret)));
        Assert.True(store.Put(Secret("a", "alone")));

        Assert.Equal(["one", "three"], store.OthersByUid("SAME", "a", "two", 5).Select(secret => secret.Name).Order());
        Assert.Single(store.OthersByUid("same", "a", "two", most: 1));
        Assert.Empty(store.OthersByUid("a-alone", "a", "alone", 5));
        Assert.Single(store.OthersByUid("a-alone", "b", "alone", 5));

        Assert.True(store.Remove("a", "one", out _));
        Assert.True(store.Put(same[2] with { Uid = "own" }));
        Assert.Empty(store.OthersByUid("same", "a", "two", 5));
        Assert.Equal(("two", "three"), (store.GetByUid("same")!.Name, store.GetByUid("own")!.Name));
        Assert.True(store.Remove("a", "two", out _));
        Assert.Null(store.GetByUid("same"));
    }

    private static SecretMetadata Secret(string @namespace, string name) =>
        new(@namespace, name, $"{@namespace}-{name}", "1", []);
}
