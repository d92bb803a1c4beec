using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.Schemas;

public sealed class StructuralSchemaTests
{
    [Theory]
    [InlineData("{'type':'string'}", "1", "FieldValueTypeInvalid", "v: Invalid value: 'integer': v in body must be of type string: 'integer'")]
    [InlineData("{'type':'integer'}", "'x'", "FieldValueTypeInvalid", "v: Invalid value: 'string': v in body must be of type integer: 'string'")]
    [InlineData("{'type':'object'}", "[]", "FieldValueTypeInvalid", "v: Invalid value: 'array': v in body must be of type object: 'array'")]
    [InlineData("{'x-kubernetes-int-or-string':true}", "true", "FieldValueTypeInvalid", "v: Invalid value: 'boolean': v in body must be of type integer,string: 'boolean'")]
    [InlineData("{'type':'integer','enum':[11,12]}", "9", "FieldValueNotSupported", "v: Unsupported value: 9: supported values: '11', '12'")]
    [InlineData("{'type':'string','enum':['red','blue']}", "'green'", "FieldValueNotSupported", "v: Unsupported value: 'green': supported values: 'red', 'blue'")]
    [InlineData("{'type':'string','maxLength':3}", "'abcd'", "FieldValueTooLong", "v: Too long: may not be more than 3 bytes")]
    [InlineData("{'type':'string','minLength':3}", "'a'", "FieldValueInvalid", "v: Invalid value: 'a': v in body should be at least 3 chars long")]
    [InlineData("{'type':'string','pattern':'^a+$'}", "'b'", "FieldValueInvalid", "v: Invalid value: 'b': v in body should match '^a+$'")]
    [InlineData("{'type':'string','format':'date-time'}", "'x'", "FieldValueTypeInvalid", "v: Invalid value: 'x': v in body must be of type date-time: 'x'")]
    [InlineData("{'type':'string','format':'uri'}", "'x y'", "FieldValueTypeInvalid", "v: Invalid value: 'x y': v in body must be of type uri: 'x y'")]
    [InlineData("{'type':'integer','format':'int32'}", "3000000000", "FieldValueInvalid", "<nil>: Invalid value: '': Checked value must be of type integer with format int32 in v")]
    [InlineData("{'type':'integer','minimum':3}", "1", "FieldValueInvalid", "v: Invalid value: 1: v in body should be greater than or equal to 3")]
    [InlineData("{'type':'integer','minimum':3,'exclusiveMinimum':true}", "3", "FieldValueInvalid", "v: Invalid value: 3: v in body should be greater than 3")]
    [InlineData("{'type':'number','maximum':3}", "5", "FieldValueInvalid", "v: Invalid value: 5: v in body should be less than or equal to 3")]
    [InlineData("{'type':'number','maximum':3,'exclusiveMaximum':true}", "3", "FieldValueInvalid", "v: Invalid value: 3: v in body should be less than 3")]
    [InlineData("{'type':'integer','multipleOf':3}", "4", "FieldValueInvalid", "v: Invalid value: 4: v in body should be a multiple of 3")]
    [InlineData("{'type':'array','maxItems':1,'items':{'type':'string'}}", "['a','b']", "FieldValueTooMany", "v: Too many: 2: must have at most 1 item")]
    [InlineData("{'type':'array','minItems':2,'items':{'type':'string'}}", "['a']", "FieldValueInvalid", "v: Invalid value: 1: v in body should have at least 2 items")]
    [InlineData("{'type':'array','items':{'type':'string'}}", "['a',1]", "FieldValueTypeInvalid", "v[1]: Invalid value: 'integer': v[1] in body must be of type string: 'integer'")]
    [InlineData("{'type':'object','minProperties':1,'additionalProperties':{'type':'integer'}}", "{}", "FieldValueInvalid", "v: Invalid value: 0: v in body should have at least 1 properties")]
    [InlineData("{'type':'object','additionalProperties':{'type':'integer'}}", "{'a b':'x'}", "FieldValueTypeInvalid", "v.a b: Invalid value: 'string': v.a b in body must be of type integer: 'string'")]
    [InlineData("{'type':'object','required':['plan'],'properties':{'plan':{'type':'string'}}}", "{}", "FieldValueRequired", "v.plan: Required value")]
    [InlineData("{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}}", "['a','b','a']", "FieldValueDuplicate", "v[2]: Duplicate value: 'a'")]
    [InlineData("{'type':'object','not':{'required':['a']},'properties':{'a':{'type':'string'}}}", "{'a':'x'}", "FieldValueInvalid", "<nil>: Invalid value: '': 'v' must not validate the schema (not)")]
    public void Words_one_mistake_as_the_API_server_does(string schema, string value, string type, string message)
    {
        var error = Assert.Single(Validate(schema, value));
        Assert.Equal((type, message.Replace('\'', '"')), (error.Type, error.ToString().Replace('\'', '"')));
    }

    [Theory]
    [InlineData("anyOf", "{}", "<nil>: Invalid value: \"\": \"v\" must validate at least one schema (anyOf)|v.a: Required value")]
    [InlineData("oneOf", "{}", "<nil>: Invalid value: \"\": \"v\" must validate one and only one schema (oneOf). Found none valid|v.a: Required value")]
    [InlineData("oneOf", "{'a':'1','b':'2'}", "<nil>: Invalid value: \"\": \"v\" must validate one and only one schema (oneOf). Found 2 valid alternatives")]
    [InlineData("allOf", "{'b':'1'}", "v.a: Required value|<nil>: Invalid value: \"\": \"v\" must validate all the schemas (allOf)")]
    public void Combines_schemas(string combination, string value, string expected)
    {
        var schema = $"{{'type':'object','properties':{{'a':{{'type':'string'}},'b':{{'type':'string'}}}},'{combination}':[{{'required':['a']}},{{'required':['b']}}]}}";
        Assert.Equal(expected, string.Join('|', Validate(schema, value)));
        Assert.Empty(Validate(schema.Replace("oneOf", "anyOf").Replace("allOf", "anyOf"), "{'a':'x'}"));
    }

    [Fact]
    public void Names_a_repeated_item_of_a_list_map_once()
    {
        const string Schema = "{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['name'],'items':{'type':'object','properties':{'name':{'type':'string'}}}}";
        Assert.Equal("v[1]: Duplicate value: {\"name\":\"a\"}", string.Join('|', Validate(Schema, "[{'name':'a'},{'name':'a'},{'name':'a'}]")));
    }

    [Fact]
    public void An_update_lets_unchanged_mistakes_pass()
    {
        var schema = Wrap("{'type':'object','properties':{'old':{'type':'integer'},'new':{'type':'integer'}}}");
        var old = JsonText.Object("{'v':{'old':'x'}}");
        Assert.Empty(schema.Validate(JsonText.Object("{'v':{'old':'x','new':1}}"), old));
        Assert.Single(schema.Validate(JsonText.Object("{'v':{'old':'x','new':'y'}}"), old));
        Assert.Single(schema.Validate(JsonText.Object("{'v':{'old':'z'}}"), old));
    }

    [Fact]
    public void Prunes_unknown_fields_and_names_them()
    {
        var schema = Wrap("""
            {"type":"object","properties":{
              "list":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}},
              "map":{"type":"object","additionalProperties":{"type":"object","properties":{"x":{"type":"string"}}}},
              "raw":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"known":{"type":"object","properties":{}}}}}}
            """);
        var value = JsonText.Object("{'kind':'K','metadata':{'name':'n','foo':1},'top':1,'v':{'bar':1,'list':[{'name':'a','zz':1}],'map':{'k':{'x':'1','y':'2'}},'raw':{'any':1,'known':{'no':1}}}}");
        List<string> unknown = [];
        schema.Prune(value, unknown);
        Assert.Equal(["metadata.foo", "top", "v.bar", "v.list[0].zz", "v.map.k.y", "v.raw.known.no"], unknown);
        JsonText.AssertEqual("{'kind':'K','metadata':{'name':'n'},'v':{'list':[{'name':'a'}],'map':{'k':{'x':'1'}},'raw':{'any':1,'known':{}}}}", value);
    }

    [Fact]
    public void Defaults_missing_fields_and_drops_nulls_that_may_not_be()
    {
        var schema = Wrap("{'type':'object','default':{},'properties':{'x':{'type':'integer','default':5},'s':{'type':'string'},'n':{'type':'string','nullable':true}}}");
        JsonObject absent = [];
        schema.ApplyDefaults(absent);
        JsonText.AssertEqual("{'v':{'x':5}}", absent);
        var nulls = JsonText.Object("{'v':{'x':null,'s':null,'n':null}}");
        schema.ApplyDefaults(nulls);
        JsonText.AssertEqual("{'v':{'x':5,'n':null}}", nulls);
    }

    private static IReadOnlyList<FieldError> Validate(string schema, string value) =>
        Wrap(schema).Validate(JsonText.Object($"{{'v':{value}}}"), null);

    private static StructuralSchema Wrap(string schema) =>
        StructuralSchema.Parse(JsonText.Object($"{{'type':'object','properties':{{'v':{schema}}}}}"));
}
