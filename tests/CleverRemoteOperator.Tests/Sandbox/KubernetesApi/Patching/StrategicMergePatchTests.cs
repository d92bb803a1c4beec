using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.Patching;

public sealed class StrategicMergePatchTests
{
    private const string Target = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'finalizers':['x/a','x/b'],'ownerReferences':[{'uid':'1','name':'one'},{'uid':'2','name':'two'}]},'data':{'a':'1','b':'2'}}";

    [Theory]
    [InlineData("{'data':{'a':null,'c':'3'}}", "data", "{'b':'2','c':'3'}")]
    [InlineData("{'data':{'$patch':'replace','z':'1'}}", "data", "{'z':'1'}")]
    [InlineData("{'data':{'$patch':'delete'}}", "data", "null")]
    [InlineData("{'data':{'$retainKeys':['a','q'],'q':'1'}}", "data", "{'a':'1','q':'1'}")]
    [InlineData("{'metadata':{'finalizers':['x/c','x/a']}}", "metadata.finalizers", "['x/a','x/b','x/c']")]
    [InlineData("{'metadata':{'$deleteFromPrimitiveList/finalizers':['x/a']}}", "metadata.finalizers", "['x/b']")]
    [InlineData("{'metadata':{'$setElementOrder/finalizers':['x/b','x/a']}}", "metadata.finalizers", "['x/b','x/a']")]
    [InlineData("{'metadata':{'ownerReferences':[{'uid':'2','kind':'K'}]}}", "metadata.ownerReferences", "[{'uid':'1','name':'one'},{'uid':'2','name':'two','kind':'K'}]")]
    [InlineData("{'metadata':{'ownerReferences':[{'uid':'3'}]}}", "metadata.ownerReferences", "[{'uid':'1','name':'one'},{'uid':'2','name':'two'},{'uid':'3'}]")]
    [InlineData("{'metadata':{'ownerReferences':[{'$patch':'delete','uid':'1'}]}}", "metadata.ownerReferences", "[{'uid':'2','name':'two'}]")]
    [InlineData("{'metadata':{'ownerReferences':[{'$patch':'replace'},{'uid':'9'}]}}", "metadata.ownerReferences", "[{'uid':'9'}]")]
    [InlineData("{'metadata':{'$setElementOrder/ownerReferences':[{'uid':'2'},{'uid':'1'}],'ownerReferences':[{'uid':'1','name':'uno'}]}}", "metadata.ownerReferences", "[{'uid':'2','name':'two'},{'uid':'1','name':'uno'}]")]
    public void Merges_by_the_kinds_own_keys(string patch, string path, string expected)
    {
        JsonNode? node = StrategicMergePatch.Apply(JsonText.Object(Target), JsonText.Object(patch));
        foreach (var part in path.Split('.'))
        {
            node = node![part];
        }

        JsonText.AssertEqual(expected, node);
    }

    [Theory]
    [InlineData("{'$patch':'bogus'}", 500, "unknown patch type: bogus in map: map[$patch:bogus]")]
    [InlineData("{'data':{'$retainKeys':['r'],'q':'1'}}", 400, "invalid patch format of retainKeys")]
    [InlineData("{'metadata':{'$setElementOrder/finalizers':['x/a'],'finalizers':['x/c']}}", 500, "The order in patch list:\n[x/c]\n doesn't match $setElementOrder list:\n[x/a]\n")]
    [InlineData("{'metadata':{'$setElementOrder/ownerReferences':[{'uid':'a'}],'ownerReferences':[{'uid':'b','name':'x'}]}}", 500, "The order in patch list:\n[map[name:x uid:b]]\n doesn't match $setElementOrder list:\n[map[uid:a]]\n")]
    public void Refuses_directives_that_make_no_sense(string patch, int code, string message)
    {
        var exception = Assert.Throws<PatchException>(() => StrategicMergePatch.Apply(JsonText.Object(Target), JsonText.Object(patch)));
        Assert.Equal((code, message), (exception.Code, exception.Message));
    }
}
