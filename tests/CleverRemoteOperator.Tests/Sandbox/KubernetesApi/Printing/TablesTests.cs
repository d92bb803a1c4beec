using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.Printing;

public sealed class TablesTests
{
    private const string Created = "2030-01-01T00:00:00Z";
    private static readonly DateTimeOffset Now = new(2030, 1, 3, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Namespace", "{'metadata':{'name':'n','creationTimestamp':'2030-01-01T00:00:00Z'},'status':{'phase':'Active'}}", "Name,Status,Age", "['n','Active','2d3h']")]
    [InlineData("Secret", "{'metadata':{'name':'n'},'type':'Opaque','data':{'a':'','b':''}}", "Name,Type,Data,Age", "['n','Opaque',2,'<unknown>']")]
    [InlineData("ConfigMap", "{'metadata':{'name':'n'},'data':{'a':''},'binaryData':{'b':''}}", "Name,Data,Age", "['n',2,'<unknown>']")]
    [InlineData("ServiceAccount", "{'metadata':{'name':'n'}}", "Name,Secrets,Age", "['n',0,'<unknown>']")]
    [InlineData("Lease", "{'metadata':{'name':'n'},'spec':{'holderIdentity':'me'}}", "Name,Holder,Age", "['n','me','<unknown>']")]
    [InlineData("CustomResourceDefinition", "{'metadata':{'name':'n','creationTimestamp':'2030-01-01T00:00:00Z'}}", "Name,Created At", "['n','2030-01-01T00:00:00Z']")]
    public void Prints_built_in_kinds(string kind, string item, string names, string cells)
    {
        var table = Tables.Render(kind, [JsonText.Object(item)], null, new TableOptions(Now));
        Assert.Equal(names, string.Join(',', table["columnDefinitions"]!.AsArray().Select(column => (string?)column!["name"])));
        JsonText.AssertEqual(cells, table["rows"]![0]!["cells"]);
    }

    [Fact]
    public void Prints_events_with_the_wide_columns_behind_a_priority()
    {
        var item = JsonText.Object("""
            {"metadata":{"name":"e"},"involvedObject":{"kind":"PostgreSQL","name":"db"},"type":"Warning","reason":"Failed","message":" no \n",
             "source":{"component":"op"},"firstTimestamp":"2030-01-03T02:00:00Z","lastTimestamp":"2030-01-03T02:58:30Z","count":3}
            """);
        var table = Tables.Render("Event", [item], null, new TableOptions(Now));
        JsonText.AssertEqual("['90s','Warning','Failed','postgresql/db','','op','no','60m',3,'e']", table["rows"]![0]!["cells"]);
        var narrow = string.Join(',', table["columnDefinitions"]!.AsArray().Where(column => (int)column!["priority"]! == 0).Select(column => (string?)column!["name"]));
        Assert.Equal("Last Seen,Type,Reason,Object,Message", narrow);
    }

    [Theory]
    [InlineData("string", ".spec.s", "'str'")]
    [InlineData("string", ".spec['s']", "'str'")]
    [InlineData("string", ".spec.i", "'5'")]
    [InlineData("string", ".spec.b", "'true'")]
    [InlineData("string", ".spec.l", "'[\\u0022x\\u0022,\\u0022y\\u0022]'")]
    [InlineData("string", ".spec.l[*]", "'x'")]
    [InlineData("string", ".spec.l[1]", "'y'")]
    [InlineData("string", ".spec.l[-1:]", "'y'")]
    [InlineData("string", ".spec.l[7]", "null")]
    [InlineData("string", ".metadata.annotations.a\\.b/c", "'ann'")]
    [InlineData("string", ".status.conditions[?(@.type==\"Ready\")].status", "'True'")]
    [InlineData("string", ".status.conditions[?(@.type=='Nope')].status", "null")]
    [InlineData("integer", ".spec.i", "5")]
    [InlineData("integer", ".spec.n", "1")]
    [InlineData("integer", ".spec.s", "null")]
    [InlineData("number", ".spec.n", "1.5")]
    [InlineData("boolean", ".spec.b", "true")]
    [InlineData("date", ".metadata.creationTimestamp", "'2d3h'")]
    [InlineData("date", ".spec.s", "'<invalid>'")]
    [InlineData("date", ".spec.nothing", "null")]
    public void Prints_custom_resources_by_their_columns(string type, string path, string cell)
    {
        var item = JsonText.Object("""
            {"metadata":{"name":"a","creationTimestamp":"2030-01-01T00:00:00Z","annotations":{"a.b/c":"ann"}},
             "spec":{"s":"str","i":5,"b":true,"n":1.5,"l":["x","y"]},
             "status":{"conditions":[{"type":"X","status":"False"},{"type":"Ready","status":"True"}]}}
            """);
        JsonArray columns = [new JsonObject { ["name"] = "C", ["type"] = type, ["jsonPath"] = path }];
        JsonText.AssertEqual($"['a',{cell}]", Tables.Render("Tab", [item], columns, new TableOptions(Now))["rows"]![0]!["cells"]);
    }

    [Fact]
    public void A_custom_resource_without_columns_shows_its_age()
    {
        var item = JsonText.Object($"{{'metadata':{{'name':'a','creationTimestamp':'{Created}'}},'spec':{{}}}}");
        JsonText.AssertEqual("['a','2d3h']", Tables.Render("Tab", [item], null, new TableOptions(Now))["rows"]![0]!["cells"]);
    }

    [Theory]
    [InlineData(IncludeObject.None, "null")]
    [InlineData(IncludeObject.Metadata, "{'kind':'PartialObjectMetadata','apiVersion':'meta.k8s.io/v1','metadata':{'name':'a'}}")]
    [InlineData(IncludeObject.Object, "{'metadata':{'name':'a'},'data':{'k':'v'}}")]
    internal void Rows_carry_what_was_asked_for(IncludeObject include, string expected) =>
        JsonText.AssertEqual(
            expected,
            Tables.Render("Secret", [JsonText.Object("{'metadata':{'name':'a'},'data':{'k':'v'}}")], null, new TableOptions(Now, include))["rows"]![0]!["object"]);

    [Theory]
    [InlineData(".spec[", "unterminated")]
    [InlineData("spec", "must start with")]
    [InlineData(".spec[x]", "expected a number")]
    [InlineData(".spec[?(x)]", "filter")]
    public void A_column_with_a_broken_path_is_refused(string path, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => JsonPath.Parse(path)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-5, "<invalid>")]
    [InlineData(-1, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(503, "8m23s")]
    [InlineData(600, "10m")]
    [InlineData(3 * 3600, "3h")]
    [InlineData(3 * 3600 + 60, "3h1m")]
    [InlineData(9 * 3600 + 60, "9h")]
    [InlineData(51 * 3600, "2d3h")]
    [InlineData(9 * 86400 + 3600, "9d")]
    [InlineData(800 * 86400, "2y70d")]
    [InlineData(9 * 365 * 86400, "9y")]
    public void Ages_get_coarser_the_older_they_are(int seconds, string expected) =>
        Assert.Equal(expected, HumanDuration.Format(TimeSpan.FromSeconds(seconds)));
}
