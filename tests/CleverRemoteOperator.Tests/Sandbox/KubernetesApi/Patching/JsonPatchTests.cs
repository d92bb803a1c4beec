using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;
using CsCheck;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.Patching;

public sealed class JsonPatchTests
{
    private const string Target = "{'data':{'a':'1','b/c':'2'},'list':['x','y']}";

    [Theory]
    [InlineData("[{'op':'add','path':'/data/n','value':'3'}]", "{'data':{'a':'1','b/c':'2','n':'3'},'list':['x','y']}")]
    [InlineData("[{'op':'add','path':'/list/-','value':'z'}]", "{'data':{'a':'1','b/c':'2'},'list':['x','y','z']}")]
    [InlineData("[{'op':'add','path':'/list/0','value':'z'}]", "{'data':{'a':'1','b/c':'2'},'list':['z','x','y']}")]
    [InlineData("[{'op':'remove','path':'/data/b~1c'}]", "{'data':{'a':'1'},'list':['x','y']}")]
    [InlineData("[{'op':'remove','path':'/list/-1'}]", "{'data':{'a':'1','b/c':'2'},'list':['x']}")]
    [InlineData("[{'op':'replace','path':'/data/a','value':null}]", "{'data':{'a':null,'b/c':'2'},'list':['x','y']}")]
    [InlineData("[{'op':'replace','path':'','value':{'x':1}}]", "{'x':1}")]
    [InlineData("[{'op':'move','from':'/data/a','path':'/list/1'}]", "{'data':{'b/c':'2'},'list':['x','1','y']}")]
    [InlineData("[{'op':'copy','from':'/data','path':'/list/0'}]", "{'data':{'a':'1','b/c':'2'},'list':[{'a':'1','b/c':'2'},'x','y']}")]
    [InlineData("[{'op':'test','path':'/data/zz','value':null},{'op':'test','path':'/list','value':['x','y']}]", Target)]
    public void Applies_each_operation(string operations, string expected) =>
        JsonText.AssertEqual(expected, JsonPatch.Apply(JsonText.Object(Target), JsonText.Array(operations)));

    [Theory]
    [InlineData("[{'op':'test','path':'/data/a','value':'2'}]")]
    [InlineData("[{'op':'test','path':'/no/where','value':null}]")]
    [InlineData("[{'op':'test','path':'/list/3','value':null}]")]
    [InlineData("[{'op':'replace','path':'/data/zz','value':'2'}]")]
    [InlineData("[{'op':'remove','path':'/data/zz'}]")]
    [InlineData("[{'op':'remove','path':''}]")]
    [InlineData("[{'op':'add','path':'/no/where','value':'1'}]")]
    [InlineData("[{'op':'add','path':'/data/a/b','value':'1'}]")]
    [InlineData("[{'op':'add','path':'/list/7','value':'1'}]")]
    [InlineData("[{'op':'add','path':'/list/x','value':'1'}]")]
    [InlineData("[{'op':'replace','path':'/list/2','value':'1'}]")]
    [InlineData("[{'op':'move','from':'/data/zz','path':'/data/y'}]")]
    [InlineData("[{'op':'copy','from':'/no/where','path':'/data/y'}]")]
    public void Answers_422_to_a_patch_that_does_not_fit(string operations)
    {
        var exception = Assert.Throws<PatchException>(() => JsonPatch.Apply(JsonText.Object(Target), JsonText.Array(operations)));
        Assert.Equal((422, "Invalid", "the server rejected our request due to an error in our request"), (exception.Code, exception.Reason, exception.Message));
    }

    [Theory]
    [InlineData("[{'op':'bogus','path':'/data/y'}]", "invalid operation {'op':'bogus','path':'/data/y'}: unsupported operation")]
    [InlineData("[{'op':'move','path':'/data/y'}]", "invalid operation {'op':'move','path':'/data/y'}: failed to decode 'from': operation, missing from field: missing value")]
    [InlineData("[{'op':'add','path':'/data/y'}]", "invalid operation {'op':'add','path':'/data/y'}: failed to decode 'value': operation, missing value field: missing value")]
    [InlineData("[{'op':'add','value':'x'}]", "invalid operation {'op':'add','value':'x'}: failed to decode 'path': operation missing path field: missing value")]
    [InlineData("['x']", "error decoding patch: json: cannot unmarshal string into Go value of type handlers.jsonPatchOp")]
    public void Answers_400_to_a_malformed_operation(string operations, string message)
    {
        var exception = Assert.Throws<PatchException>(() => JsonPatch.Apply(JsonText.Object(Target), JsonText.Array(operations)));
        Assert.Equal((400, "BadRequest"), (exception.Code, exception.Reason));
        Assert.Equal(message.Replace('\'', '"'), exception.Message.Replace('\'', '"'));
    }

    [Fact]
    public void Leaves_the_target_alone_when_a_later_operation_fails()
    {
        var target = JsonText.Object(Target);
        Assert.Throws<PatchException>(() => JsonPatch.Apply(target, JsonText.Array("[{'op':'remove','path':'/data'},{'op':'remove','path':'/data'}]")));
        JsonText.AssertEqual(Target, target);
    }

    [Fact]
    public void An_added_field_can_be_tested_and_removed_again() =>
        Gen.Select(Gen.String, Gen.Int).Sample((name, value) =>
        {
            var path = "/data/" + name.Replace("~", "~0").Replace("/", "~1");
            JsonObject target = new() { ["data"] = new JsonObject() };
            JsonArray operations =
            [
                new JsonObject { ["op"] = "add", ["path"] = path, ["value"] = value },
                new JsonObject { ["op"] = "test", ["path"] = path, ["value"] = value },
                new JsonObject { ["op"] = "remove", ["path"] = path },
            ];
            return JsonNode.DeepEquals(target, JsonPatch.Apply(target, operations));
        });
}
