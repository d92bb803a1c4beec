using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.Schemas.Cel;

public sealed class CelTests
{
    private const string Properties = """
        "properties":{"a":{"type":"string"},"opt":{"type":"string"},"i":{"type":"integer"},"d":{"type":"number"},"my-x":{"type":"string"},
         "l":{"type":"array","items":{"type":"string"}},"m":{"type":"object","additionalProperties":{"type":"integer"}}}
        """;

    private const string Value = "{'a':'abc','i':5,'d':2,'my-x':'x','l':['x','yy'],'m':{'k':1}}";

    [Theory]
    [InlineData("self.a == 'abc' && self.i > 3")]
    [InlineData("!has(self.opt) || self.opt == 'x'")]
    [InlineData("has(self.a) ? self.a != '' : false")]
    [InlineData("self.i > 4.5 && self.d > 1 && -self.i < 0")]
    [InlineData("self.i * 2 + 1 == 11 && self.i / 2 == 2 && self.i % 2 == 1")]
    [InlineData("self.a in ['abc', 'def'] && 'k' in self.m")]
    [InlineData("size(self.l) == 2 && self.l.size() == 2 && size('é') == 1")]
    [InlineData("self.a.startsWith('a') && self.a.endsWith('c') && self.a.contains('b') && self.a.matches('^[a-c]+$')")]
    [InlineData("self.l.all(x, x.size() > 0) && self.l.exists(x, x == 'yy') && self.l.exists_one(x, x == 'x')")]
    [InlineData("self.l.map(x, x + '!') == ['x!', 'yy!'] && self.l.filter(x, x.size() > 1)[0] == 'yy'")]
    [InlineData("self.m.all(k, self.m[k] > 0) && {'a': 1}.a == 1")]
    [InlineData("self.my__dash__x == \"x\" && r'\\d' == '\\\\d'")]
    [InlineData("int('5') == self.i && string(self.i) == '5' && double(self.i) == 5.0")]
    [InlineData("self.opt == 'x' || true")]
    [InlineData("self.l.exists(x, self.opt == x || x == 'yy')")]
    public void Rules_that_hold(string rule) => Assert.Empty(Check(Value, null, rule));

    [Theory]
    [InlineData("self.i > 100", "v: Invalid value: failed rule: self.i > 100")]
    [InlineData("self.l[5] == 'x'", "v: Invalid value: \"object\": index out of bounds: 5 evaluating rule: self.l[5] == 'x'")]
    [InlineData("self.m['zz'] == 1", "v: Invalid value: \"object\": no such key: zz evaluating rule: self.m['zz'] == 1")]
    [InlineData("self.opt == 'x'", "v: Invalid value: \"object\": no such key: opt evaluating rule: self.opt == 'x'")]
    [InlineData("self.i / 0 == 1", "v: Invalid value: \"object\": division by zero evaluating rule: self.i / 0 == 1")]
    [InlineData("int(self.a) == 3", "v: Invalid value: \"object\": type conversion error from 'string' to 'int' evaluating rule: int(self.a) == 3")]
    [InlineData("self.i + 9223372036854775807 > 0", "v: Invalid value: \"object\": integer overflow evaluating rule: self.i + 9223372036854775807 > 0")]
    [InlineData("self.i in [1, 2]", "v: Invalid value: failed rule: self.i in [1, 2]")]
    public void Rules_that_do_not_hold(string rule, string expected) => Assert.Equal(expected, string.Join('|', Check(Value, null, rule)));

    [Theory]
    [InlineData("'message':' m '", "v: Invalid value: m", "FieldValueInvalid")]
    [InlineData("'messageExpression':'self.a + string(self.i)','message':'m'", "v: Invalid value: abc5", "FieldValueInvalid")]
    [InlineData("'messageExpression':'self.l[7]','message':'fall'", "v: Invalid value: fall", "FieldValueInvalid")]
    [InlineData("'message':'need','fieldPath':'.i','reason':'FieldValueRequired'", "v.i: Required value: need", "FieldValueRequired")]
    [InlineData("'message':'no','reason':'FieldValueForbidden'", "v: Forbidden: no", "FieldValueForbidden")]
    [InlineData("'message':'dup','reason':'FieldValueDuplicate'", "v: Duplicate value", "FieldValueDuplicate")]
    public void Says_what_the_rule_says(string more, string expected, string type)
    {
        var error = Assert.Single(Schema($"{{'rule':'self.i > 100',{more}}}").Validate(JsonText.Object($"{{'v':{Value}}}"), null));
        Assert.Equal((type, expected), (error.Type, error.ToString()));
    }

    [Fact]
    public void A_transition_rule_applies_to_updates_only()
    {
        const string Rule = "self.a == oldSelf.a";
        Assert.Empty(Check("{'a':'new'}", null, Rule));
        Assert.Empty(Check("{'a':'same','i':2}", "{'a':'same'}", Rule));
        Assert.Equal("v: Invalid value: failed rule: self.a == oldSelf.a", string.Join('|', Check("{'a':'new'}", "{'a':'old'}", Rule)));
    }

    [Fact]
    public void An_unchanged_value_keeps_its_old_mistakes() => Assert.Empty(Check("{'i':1}", "{'i':1}", "self.i > 100"));

    [Fact]
    public void Items_and_entries_are_checked_where_they_stand()
    {
        var schema = StructuralSchema.Parse(JsonText.Object("""
            {"type":"object","properties":{
             "l":{"type":"array","items":{"type":"string","x-kubernetes-validations":[{"rule":"self.size() > 1","message":"no x"}]}},
             "m":{"type":"object","additionalProperties":{"type":"string","x-kubernetes-validations":[{"rule":"self.size() > 1","message":"no x"}]}}}}
            """));
        Assert.Equal(
            "l[1]: Invalid value: \"x\": no x|m[k.b]: Invalid value: \"x\": no x",
            string.Join('|', schema.Validate(JsonText.Object("{'l':['ab','x'],'m':{'k.b':'x'}}"), null)));
    }

    [Fact]
    public void A_broken_object_is_told_that_its_rules_were_not_checked()
    {
        var errors = Check("{'i':'x'}", null, "self.i > 100");
        Assert.Equal(2, errors.Count);
        Assert.Equal(
            "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
            errors[1].ToString());
    }

    [Theory]
    [InlineData("self.a ==", "ERROR: <input>:1:10: Syntax error: unexpected '<EOF>'\n | self.a ==\n | .........^")]
    [InlineData("foo(self)", "ERROR: <input>:1:4: undeclared reference to 'foo' (in container '')\n | foo(self)\n | ...^")]
    [InlineData("self.a.bar()", "ERROR: <input>:1:11: undeclared reference to 'bar' (in container '')\n | self.a.bar()\n | ..........^")]
    [InlineData("self.l.all(x, y)", "ERROR: <input>:1:15: undeclared reference to 'y' (in container '')\n | self.l.all(x, y)\n | ..............^")]
    [InlineData("has(self)", "ERROR: <input>:1:5: invalid argument to has() macro\n | has(self)\n | ....^")]
    [InlineData("self.a.matches('[')", "ERROR: <input>:1:16: invalid matches argument\n | self.a.matches('[')\n | ...............^")]
    [InlineData("self.a = 'x'", "ERROR: <input>:1:8: Syntax error: token recognition error at: '='\n | self.a = 'x'\n | .......^")]
    [InlineData("'x' 'y'", "ERROR: <input>:1:5: Syntax error: unexpected ''y''\n | 'x' 'y'\n | ....^")]
    [InlineData("self.a == 'x", "ERROR: <input>:1:11: Syntax error: unterminated string\n | self.a == 'x\n | ..........^")]
    public void What_it_cannot_read_it_refuses(string rule, string message) =>
        Assert.Equal(message, Assert.Throws<CelException>(() => CelParser.Parse(rule, "self", "oldSelf")).Message);

    private static IReadOnlyList<FieldError> Check(string value, string? old, string rule)
    {
        var schema = Schema(new JsonObject { ["rule"] = rule }.ToJsonString());
        return schema.Validate(JsonText.Object($"{{'v':{value}}}"), old is null ? null : JsonText.Object($"{{'v':{old}}}"));
    }

    private static StructuralSchema Schema(string rule)
    {
        var schema = JsonText.Object("{'type':'object','properties':{'v':{'type':'object'," + Properties + "}}}");
        schema["properties"]!["v"]!["x-kubernetes-validations"] = new JsonArray(rule.Contains('"') ? JsonNode.Parse(rule) : JsonText.Object(rule));
        return StructuralSchema.Parse(schema);
    }
}
