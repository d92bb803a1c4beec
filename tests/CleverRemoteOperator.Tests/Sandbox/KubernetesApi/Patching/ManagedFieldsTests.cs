using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.Patching;

public sealed class ManagedFieldsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_create_owns_every_field_and_the_maps_around_them()
    {
        var created = Create("{'a':'1'}", "'labels':{'a':'b'},'finalizers':['x/y']");
        JsonText.AssertEqual(
            """
            [{"manager":"p","operation":"Update","apiVersion":"v1","time":"2030-01-01T00:00:00Z","fieldsType":"FieldsV1",
              "fieldsV1":{"f:data":{".":{},"f:a":{}},"f:metadata":{"f:finalizers":{".":{},"v:\"x/y\"":{}},"f:labels":{".":{},"f:a":{}}}}}]
            """,
            created["metadata"]!["managedFields"]);
    }

    [Fact]
    public void An_update_that_changes_nothing_leaves_the_entries_alone()
    {
        var before = Create("{'a':'1'}");
        var after = before.DeepClone().AsObject();
        ManagedFields.RecordUpdate(before, after, "p", "v1", null, Now.AddHours(1));
        Assert.True(JsonNode.DeepEquals(before, after));
    }

    [Fact]
    public void A_change_moves_the_field_to_who_made_it()
    {
        var before = Create("{'a':'1','b':'1'}");
        var after = before.DeepClone().AsObject();
        after["data"]!["a"] = "2";
        ManagedFields.RecordUpdate(before, after, "q", "v1", null, Now.AddHours(1));
        JsonText.AssertEqual("{'f:data':{'.':{},'f:b':{}}}", Entry(after, "p")!["fieldsV1"]);
        JsonText.AssertEqual("{'f:data':{'f:a':{}}}", Entry(after, "q")!["fieldsV1"]);
        Assert.Equal("2030-01-01T01:00:00Z", (string?)Entry(after, "q")!["time"]);
    }

    [Fact]
    public void A_removed_field_is_nobodys_and_an_empty_entry_goes()
    {
        var before = Create("{'a':'1'}");
        var after = before.DeepClone().AsObject();
        after.Remove("data");
        ManagedFields.RecordUpdate(before, after, "q", "v1", null, Now);
        Assert.Null(after["metadata"]!["managedFields"]);
    }

    [Fact]
    public void One_empty_entry_in_the_request_forgets_all_managers()
    {
        var before = Create("{'a':'1'}");
        var after = before.DeepClone().AsObject();
        after["metadata"]!["managedFields"] = new JsonArray(new JsonObject());
        ManagedFields.RecordUpdate(before, after, "q", "v1", null, Now);
        Assert.Null(after["metadata"]!["managedFields"]);
    }

    private static JsonObject Create(string data, string metadata = "")
    {
        var created = JsonText.Object($"{{'apiVersion':'v1','kind':'ConfigMap','metadata':{{'name':'n','uid':'u'{(metadata.Length == 0 ? "" : "," + metadata)}}},'data':{data}}}");
        ManagedFields.RecordUpdate(null, created, "p", "v1", null, Now);
        return created;
    }

    private static JsonNode? Entry(JsonObject resource, string manager) =>
        resource["metadata"]!["managedFields"]!.AsArray().FirstOrDefault(entry => (string?)entry!["manager"] == manager);
}
