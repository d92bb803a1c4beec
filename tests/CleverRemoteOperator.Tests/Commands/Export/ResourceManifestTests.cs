using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Commands.Export;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Tests.Commands.Fleet;

namespace CleverRemoteOperator.Tests.Commands.Export;

/// <summary>What is exported takes an add-on over, creates none and lets go of none.</summary>
public sealed class ResourceManifestTests
{
    private const string Organisation = "orga_00000000-0000-4000-8000-000000000001";

    [Fact]
    public void A_manifest_has_what_people_wrote_and_adopts_the_add_on()
    {
        var resource = FakeFleet.Ready("Redis", "shop", "cache", "addon_1");
        resource["metadata"]!["labels"] = new JsonObject { ["team"] = "shop" };
        resource["metadata"]!["finalizers"] = new JsonArray("api.clever-cloud.com/redis");
        resource["metadata"]!["annotations"] = new JsonObject
        {
            ["example.com/owner"] = "me",
            ["api.clever-cloud.com/paused"] = "true",
            ["api.clever-cloud.com/creation"] = "mark",
            ["api.clever-cloud.com/deletion-policy"] = "Delete",
            ["kubectl.kubernetes.io/last-applied-configuration"] = "{}",
        };
        resource["spec"]!["deletionPolicy"] = "Delete";

        Assert.Equal(
            """
            ---
            apiVersion: api.clever-cloud.com/v1
            kind: Redis
            metadata:
              name: cache
              namespace: shop
              labels:
                team: shop
              annotations:
                example.com/owner: me
                api.clever-cloud.com/paused: 'true'
            spec:
              plan: s
              deletionPolicy: Retain
              adopt: addon_1

            """,
            ResourceManifest.Of(resource));
    }

    [Fact]
    public void A_resource_without_an_add_on_is_left_out_or_a_second_one_would_be_made() => Assert.Equal(
        "# Redis shop/cache: left out, as it has no add-on to adopt\n",
        ResourceManifest.Of(FakeFleet.Resource("Redis", "shop", "cache", "PlanNotAvailable", TimeSpan.Zero)));

    [Fact]
    public void Of_a_lost_cluster_the_add_on_and_its_name_tell_enough() => Assert.Equal(
        $"""
        ---
        apiVersion: api.clever-cloud.com/v1
        kind: PostgreSQL
        metadata:
          name: db
          namespace: shop
        spec:
          organisation: {Organisation}
          plan: s
          region: par
          deletionPolicy: Retain
          adopt: addon_1

        """,
        Lost("PostgreSQL", "shop", "db"));

    [Theory]
    [InlineData("ConfigProvider", "variables", "its variables stand in the spec, which is lost")]
    [InlineData("Redis", "a-name-that-is-so-long-that-it-was-cut-when-the-add-on-was-named-after-it-because-nobody-may-have-more-than-two-hundred-characters-in-the-name-of-an-add-on-at-clever-cloud", "its name does not tell namespace and name of its resource")]
    public void What_cannot_be_told_is_a_comment(string kind, string name, string expected)
    {
        var manifest = Lost(kind, "shop", name);

        Assert.StartsWith("# addon_1, kubernetes::", manifest, StringComparison.Ordinal);
        Assert.EndsWith($": left out, as {expected}\n", manifest, StringComparison.Ordinal);
        Assert.Single(manifest.TrimEnd().Split('\n'));
    }

    private static string Lost(string kind, string @namespace, string name)
    {
        var catalogued = AddonCatalog.Find(kind)!;
        CleverAddon addon = new(
            "addon_1", "x_1", AddonName.Write(catalogued.NameInAddons, FakeFleet.UidOf(name), "paris", @namespace, name), "par", catalogued.ProviderId,
            new("plan_1", "s", "S", 1, [], false));
        return ResourceManifest.Of(AddonPlace.Read(addon.Name)!, addon, Organisation);
    }
}
