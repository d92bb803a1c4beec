using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;
using CsCheck;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.Patching;

public sealed class ServerSideApplyTests
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private DateTimeOffset _now = Start;

    [Fact]
    public void Two_managers_share_a_field_and_each_may_leave_it()
    {
        var first = Apply(null, "a", "{'x':'1','y':'2'}");
        Assert.Equal("a Apply 2030-01-01T00:00:01Z {'f:data':{'f:x':{},'f:y':{}}}", Managers(first));
        var shared = Apply(first, "b", "{'x':'1'}");
        Assert.Equal("b Apply  {'f:data':{'f:x':{}}}|a Apply 2030-01-01T00:00:01Z {'f:data':{'f:x':{},'f:y':{}}}", Managers(shared));
        var left = Apply(shared, "a", "{'y':'2'}");
        JsonText.AssertEqual("{'x':'1','y':'2'}", left["data"]);
        var gone = Apply(left, "b", null);
        JsonText.AssertEqual("{'y':'2'}", gone["data"]);
        Assert.Equal("a Apply 2030-01-01T00:00:01Z {'f:data':{'f:y':{}}}", Managers(gone));
    }

    [Fact]
    public void One_conflict_names_manager_and_field()
    {
        var live = Apply(null, "a", "{'x':'1','y':'2'}");
        var exception = Assert.Throws<ApplyConflictException>(() => Apply(live, "b", "{'x':'2'}"));
        Assert.Equal((409, "Conflict", "Apply failed with 1 conflict: conflict with \"a\": .data.x"), (exception.Code, exception.Reason, exception.Message));
        Assert.Equal(("conflict with \"a\"", ".data.x"), (exception.Conflicts[0].Message, exception.Conflicts[0].Field));
    }

    [Fact]
    public void Several_conflicts_are_grouped_by_manager()
    {
        var live = Apply(Apply(null, "a", "{'x':'1','y':'2'}"), "b", "{'x':'1'}");
        var edited = live.DeepClone().AsObject();
        edited["data"]!["z"] = "1";
        ManagedFields.RecordUpdate(live, edited, "u", "v1", null, Start);
        var exception = Assert.Throws<ApplyConflictException>(() => Apply(edited, "c", "{'x':'2','y':'3','z':'4'}"));
        Assert.Equal(
            "Apply failed with 4 conflicts: conflicts with \"a\":\n- .data.x\n- .data.y\nconflicts with \"b\":\n- .data.x\nconflicts with \"u\" using v1:\n- .data.z",
            exception.Message);
    }

    [Fact]
    public void Force_takes_the_field_from_its_owners()
    {
        var live = Apply(null, "a", "{'x':'1','y':'2'}");
        var forced = Apply(live, "c", "{'x':'2'}", force: true);
        JsonText.AssertEqual("{'x':'2','y':'2'}", forced["data"]);
        Assert.Equal("a Apply 2030-01-01T00:00:01Z {'f:data':{'f:y':{}}}|c Apply 2030-01-01T00:00:02Z {'f:data':{'f:x':{}}}", Managers(forced));
    }

    [Fact]
    public void A_field_that_another_manager_owns_survives_its_applier()
    {
        var live = Apply(Apply(null, "a", "{'x':'1','y':'2'}"), "c", "{'x':'2'}", force: true);
        var emptied = Apply(live, "a", "{}");
        JsonText.AssertEqual("{'x':'2'}", emptied["data"]);
        Assert.Equal("a Apply 2030-01-01T00:00:03Z {'f:data':{}}|c Apply 2030-01-01T00:00:02Z {'f:data':{'f:x':{}}}", Sorted(emptied));
        Assert.Equal("c Apply 2030-01-01T00:00:02Z {'f:data':{'f:x':{}}}", Managers(Apply(emptied, "a", null)));
    }

    [Fact]
    public void Owner_references_are_owned_by_uid_and_finalizers_by_value()
    {
        var live = Apply(null, "a", null, "'labels':{'a':'b'},'finalizers':['x/y','x/z'],'ownerReferences':[{'apiVersion':'v1','kind':'Secret','name':'n','uid':'u1'}]");
        Assert.Equal(
            "a Apply 2030-01-01T00:00:01Z {'f:metadata':{'f:finalizers':{'v:\\u0022x/y\\u0022':{},'v:\\u0022x/z\\u0022':{}},'f:labels':{'f:a':{}},'f:ownerReferences':{'k:{\\u0022uid\\u0022:\\u0022u1\\u0022}':{}}}}",
            Managers(live));
        var both = Apply(live, "b", null, "'finalizers':['x/w','x/y'],'ownerReferences':[{'apiVersion':'v1','kind':'Secret','name':'n2','uid':'u2'}]");
        JsonText.AssertEqual("['x/w','x/y','x/z']", both["metadata"]!["finalizers"]);
        Assert.Equal(2, both["metadata"]!["ownerReferences"]!.AsArray().Count);
        var exception = Assert.Throws<ApplyConflictException>(() =>
            Apply(both, "b", null, "'ownerReferences':[{'apiVersion':'v1','kind':'Secret','name':'other','uid':'u1'}]"));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"a\": .metadata.ownerReferences[uid=\"u1\"]", exception.Message);
        var dropped = Apply(both, "a", null, "'finalizers':['x/z']");
        JsonText.AssertEqual("['x/w','x/y','x/z']", dropped["metadata"]!["finalizers"]);
        Assert.Null(dropped["metadata"]!["labels"]);
        JsonText.AssertEqual("[{'apiVersion':'v1','kind':'Secret','name':'n2','uid':'u2'}]", dropped["metadata"]!["ownerReferences"]);
    }

    [Fact]
    public void The_last_annotation_may_go_and_the_name_stays()
    {
        var live = Apply(null, "a", "{'x':'1'}", "'annotations':{'b':'c'}");
        var bare = Apply(live, "a", "{'x':'1'}");
        Assert.Null(bare["metadata"]!["annotations"]);
        Assert.Equal("n", (string?)bare["metadata"]!["name"]);
    }

    [Fact]
    public void A_custom_resource_is_owned_by_the_list_types_of_its_schema()
    {
        var schema = StructuralSchema.Parse(JsonText.Object("""
            {"type":"object","properties":{"spec":{"type":"object","properties":{
              "few":{"type":"array","items":{"type":"string"}},
              "ls":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
              "lm":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                    "items":{"type":"object","properties":{"name":{"type":"string"},"v":{"type":"integer"}}}},
              "obj":{"type":"object","properties":{"a":{"type":"string"}}},
              "raw":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}
            """));
        var live = ApplyCustom(null, "a", "{'few':['q'],'ls':['a','b'],'lm':[{'name':'k1','v':1},{'name':'k2'}],'obj':{},'raw':{'any':{'deep':[1]},'e':{}}}");
        Assert.Equal(
            "a Apply 2030-01-01T00:00:01Z {'f:spec':{'f:few':{},'f:lm':{'k:{\\u0022name\\u0022:\\u0022k1\\u0022}':{'.':{},'f:name':{},'f:v':{}},'k:{\\u0022name\\u0022:\\u0022k2\\u0022}':{'.':{},'f:name':{}}},"
            + "'f:ls':{'v:\\u0022a\\u0022':{},'v:\\u0022b\\u0022':{}},'f:obj':{},'f:raw':{'f:any':{'.':{},'f:deep':{}},'f:e':{}}}}",
            Managers(live));
        var exception = Assert.Throws<ApplyConflictException>(() => ApplyCustom(live, "b", "{'few':['r'],'lm':[{'name':'k1','v':2},{'name':'k3'}],'raw':{'any':{'deep':[2]}}}"));
        Assert.Equal("Apply failed with 3 conflicts: conflicts with \"a\":\n- .spec.few\n- .spec.lm[name=\"k1\"].v\n- .spec.raw.any.deep", exception.Message);
        var forced = ApplyCustom(live, "b", "{'ls':['z','b'],'lm':[{'name':'k3'},{'name':'k1','v':2}]}", force: true);
        JsonText.AssertEqual("['a','z','b']", forced["spec"]!["ls"]);
        JsonText.AssertEqual("[{'name':'k3'},{'name':'k1','v':2},{'name':'k2'}]", forced["spec"]!["lm"]);

        JsonObject ApplyCustom(JsonObject? before, string manager, string spec, bool force = false) => ServerSideApply.Apply(
            before,
            JsonText.Object($"{{'apiVersion':'g/v1','kind':'K','metadata':{{'name':'n'}},'spec':{spec},'status':{{'phase':'no'}}}}"),
            new ApplyRequest(manager, force, "g/v1", null, Tick(), schema, HasStatusSubresource: true));
    }

    [Fact]
    public void Status_is_owned_apart()
    {
        var live = JsonText.Object("{'apiVersion':'g/v1','kind':'K','metadata':{'name':'n'},'spec':{'a':1}}");
        var applied = JsonText.Object("{'apiVersion':'g/v1','kind':'K','metadata':{'name':'n','labels':{'x':'y'}},'spec':{'a':2},'status':{'phase':'x'}}");
        var result = ServerSideApply.Apply(live, applied, new ApplyRequest("a", false, "g/v1", "status", Tick(), null));
        JsonText.AssertEqual("{'a':1}", result["spec"]);
        Assert.Null(result["metadata"]!["labels"]);
        Assert.Equal("status", (string?)result["metadata"]!["managedFields"]![0]!["subresource"]);
        var edited = result.DeepClone().AsObject();
        edited["status"]!["phase"] = "y";
        ManagedFields.RecordUpdate(result, edited, "u", "g/v1", "status", Start);
        var exception = Assert.Throws<ApplyConflictException>(() =>
            ServerSideApply.Apply(edited, applied, new ApplyRequest("a", false, "g/v1", "status", Tick(), null)));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"u\" with subresource \"status\" using g/v1: .status.phase", exception.Message);
    }

    [Fact]
    public void Managed_fields_cannot_be_applied()
    {
        var exception = Assert.Throws<PatchException>(() => Apply(null, "a", null, "'managedFields':[{'manager':'x'}]"));
        Assert.Equal((400, "metadata.managedFields must be nil"), (exception.Code, exception.Message));
    }

    [Fact]
    public void What_kubectl_applied_on_the_client_side_and_nobody_changed_since_is_its_own_and_its_note_is_renewed()
    {
        var live = Noted("{'x':'1','y':'2'}", "{'x':'1','y':'9'}");

        var exception = Assert.Throws<ApplyConflictException>(() => Apply(live, "kubectl", "{'x':'3','y':'3'}"));
        Assert.Equal(".data.y", Assert.Single(exception.Conflicts).Field);
        var applied = Apply(live, "kubectl", "{'x':'3'}");
        JsonText.AssertEqual("{'x':'3','y':'2'}", applied["data"]);
        Assert.Equal("""{"apiVersion":"v1","data":{"x":"3"},"kind":"ConfigMap","metadata":{"name":"n"}}""" + "\n", (string?)applied["metadata"]!["annotations"]![LastApplied]);
    }

    [Fact]
    public void The_note_of_kubectl_means_nothing_to_another_manager()
    {
        var live = Noted("{'x':'1'}", "{'x':'1'}");

        Assert.Throws<ApplyConflictException>(() => Apply(live, "other", "{'x':'3'}"));
        var forced = Apply(live, "other", "{'x':'3'}", force: true);
        Assert.Equal((string?)live["metadata"]!["annotations"]![LastApplied], (string?)forced["metadata"]!["annotations"]![LastApplied]);
    }

    [Fact]
    public void Applying_twice_changes_nothing() =>
        Gen.Select(RandomJson.Objects, RandomJson.Objects).Sample((mine, others) =>
        {
            var live = Random(null, "other", others);
            var once = Random(live, "me", mine);
            return JsonNode.DeepEquals(once, Random(once, "me", mine));
        });

    /// <summary>A ConfigMap that the manager "edit" wrote, with data, beside kubectl's note of what it applied.</summary>
    private static JsonObject Noted(string data, string noted)
    {
        var live = JsonText.Object($"{{'apiVersion':'v1','kind':'ConfigMap','metadata':{{'name':'n'}},'data':{data}}}");
        live["metadata"]!["annotations"] = new JsonObject { [LastApplied] = JsonText.Object($"{{'data':{noted}}}").ToJsonString() };
        ManagedFields.RecordUpdate(null, live, "edit", "v1", null, Start);
        return live;
    }

    private static JsonObject Random(JsonObject? live, string manager, JsonObject spec) => ServerSideApply.Apply(
        live,
        new JsonObject { ["apiVersion"] = "g/v1", ["kind"] = "K", ["metadata"] = new JsonObject { ["name"] = "n" }, ["spec"] = spec.DeepClone() },
        new ApplyRequest(manager, true, "g/v1", null, Start, null));

    private JsonObject Apply(JsonObject? live, string manager, string? data, string metadata = "", bool force = false)
    {
        var more = (metadata.Length == 0 ? "" : "," + metadata) + "}" + (data is null ? "" : ",'data':" + data);
        return ServerSideApply.Apply(
            live, JsonText.Object($"{{'apiVersion':'v1','kind':'ConfigMap','metadata':{{'name':'n'{more}}}"), new ApplyRequest(manager, force, "v1", null, Tick(), null));
    }

    private DateTimeOffset Tick() => _now = _now.AddSeconds(1);

    private static string Managers(JsonObject resource) => string.Join('|', Entries(resource));

    private static string Sorted(JsonObject resource) => string.Join('|', Entries(resource).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Entries(JsonObject resource) => resource["metadata"]!["managedFields"]!.AsArray().Select(entry =>
        $"{entry!["manager"]} {entry["operation"]} {entry["time"]} {entry["fieldsV1"]!.ToJsonString().Replace('"', '\'')}");
}
