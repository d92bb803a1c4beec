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

    private static SecretMetadata Secret(string @namespace, string name) =>
        new(@namespace, name, $"{@namespace}-{name}", "1", []);
}
