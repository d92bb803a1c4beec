using CleverRemoteOperator.Kubernetes.Objects;
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
        Assert.Equal("OverShare: namespace flooded has more than 2 objects; the rest is not served", store.Problem);
        Assert.False(store.HasRoomAgain);
        updates.Remove("flooded", "one");
        Assert.True(store.HasRoomAgain);

        // A list that breaks off tells nothing new.
        updates.BeginList();
        Assert.NotNull(store.Problem);
        Assert.False(store.IsComplete("flooded"));
        updates.BeginList();
        updates.Put(Secret("flooded", "two"));
        updates.EndList();
        Assert.Null(store.Problem);
        Assert.True(store.IsComplete("flooded"));
    }

    [Fact]
    public void A_namespace_over_its_bytes_keeps_what_it_has_and_no_other_namespace_notices()
    {
        using var process = new MemoryShare(1024 * 1024);
        var store = new ResourceStore<AddonResource>(memory: process.Join("paris", 4), smaller: resource => resource.Smaller());

        var kept = Enumerable.Range(0, 100).Count(number => store.Put(Redis($"r-{number}", 20_000, @namespace: "flooded")));

        Assert.InRange(kept, 5, 8);
        Assert.StartsWith("OverShare: namespace flooded may keep 160 KiB", store.Problem, StringComparison.Ordinal);
        Assert.False(store.IsComplete("flooded"));
        Assert.True(store.IsComplete("good"));
        Assert.True(store.Put(Redis("good", 20_000)));
        Assert.InRange(process.Used, 1, 200_000);
        store.Release();
        Assert.Equal(0, process.Used);
    }

    [Fact]
    public void A_known_resource_that_grows_beyond_the_share_is_kept_without_its_spec_and_told_so_until_there_is_room()
    {
        using var process = new MemoryShare(512 * 1024);
        var store = new ResourceStore<AddonResource>(memory: process.Join("paris", 4), smaller: resource => resource.Smaller());
        var told = new List<string>();
        var updates = new StoreUpdates<AddonResource>(store, change => told.Add($"{change.Type} {change.Object?.Name} {change.Object?.IsTooLarge}"), () => { });
        updates.Put(Redis("other", 60_000));
        updates.Put(Redis("grows", 100));

        updates.Put(Redis("grows", 60_000, revision: "2"));

        Assert.Equal("Applied grows True", told[^1]);
        Assert.Equal(("2", 0, true), (store.Get("good", "grows")!.ResourceVersion, store.Get("good", "grows")!.Spec.Length, store.Get("good", "grows")!.IsTooLarge));
        Assert.False(store.HasRoomAgain);
        updates.Remove("good", "other");
        Assert.True(store.HasRoomAgain);
        updates.BeginList();
        updates.Put(Redis("grows", 60_000, revision: "2"));
        updates.EndList();
        Assert.Equal("Listed grows False", told[^2]);
        Assert.Null(store.Problem);
    }

    [Fact]
    public void What_there_is_in_one_namespace_is_known_apart()
    {
        var store = new ResourceStore<AddonResource>();
        store.Put(Redis("a", 1));
        store.Put(Redis("b", 1));
        store.Put(Redis("c", 1, @namespace: "other"));
        store.Remove("good", "a", out _);

        Assert.Equal(["b"], store.In("good").Select(resource => resource.Name));
        Assert.Equal(["c"], store.In("other").Select(resource => resource.Name));
        store.Remove("other", "c", out _);
        Assert.Empty(store.In("other"));
    }

    private static AddonResource Redis(string name, int bytes, string revision = "1", string @namespace = "good") => new()
    {
        ApiVersion = RunningWatch.Redis.ApiVersion,
        Kind = RunningWatch.Redis.Kind,
        Namespace = @namespace,
        Name = name,
        Uid = $"uid-{name}",
        ResourceVersion = revision,
        Spec = JsonPart.Of(System.Text.Encoding.UTF8.GetBytes($$"""{"plan":"{{new string('x', bytes)}}"}""")),
    };

    [Fact]
    public void A_server_that_makes_up_namespaces_fills_no_more_than_the_limit_of_all()
    {
        var store = new ResourceStore<SecretMetadata>(perNamespace: 2, inAll: 3);

        var kept = Enumerable.Range(0, 10).Count(number => store.Put(Secret($"made-up-{number}", "x")));

        Assert.Equal((3, 3), (kept, store.Count));
        Assert.Equal("OverShare: there are more than 3 objects; the rest is not served", store.Problem);
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
