using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;
using CsCheck;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.Patching;

public sealed class MergePatchTests
{
    [Theory]
    [InlineData("{'a':'b'}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}")]
    [InlineData("{'a':['b']}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}")]
    [InlineData("{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}")]
    [InlineData("{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}")]
    public void Follows_the_standard(string target, string patch, string expected) =>
        JsonText.AssertEqual(expected, MergePatch.Apply(JsonText.Object(target), JsonText.Object(patch)));

    [Fact]
    public void Applying_twice_is_applying_once() =>
        Gen.Select(RandomJson.Objects, RandomJson.Objects).Sample((target, patch) =>
        {
            var once = MergePatch.Apply(target, patch);
            return JsonNode.DeepEquals(once, MergePatch.Apply(once, patch));
        });
}
