using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.Schemas;

public sealed class CustomResourceDefinitionRulesTests
{
    private const string Spec = "spec.validation.openAPIV3Schema.properties[spec]";

    [Theory]
    [InlineData("{'type':'object','properties':{'a':{'type':'string'}}}")]
    [InlineData("{'type':'object','additionalProperties':true}")]
    [InlineData("{'x-kubernetes-preserve-unknown-fields':true}")]
    [InlineData("{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'},{'type':'string'}]}")]
    [InlineData("{'type':'integer','default':1}")]
    [InlineData("{'type':'object','anyOf':[{'required':['a']}],'properties':{'a':{'type':'string'}}}")]
    public void Accepts_structural_schemas(string schema) => Assert.Empty(Validate(schema));

    [Theory]
    [InlineData("{'properties':{}}", ".type: Required value: must not be empty for specified object fields")]
    [InlineData("{'type':'foo'}", ".type: Unsupported value: 'foo': supported values: 'array', 'boolean', 'integer', 'number', 'object', 'string'")]
    [InlineData("{'type':'array'}", ".items: Required value: must be specified")]
    [InlineData("{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':{'type':'string'}}", ".additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive")]
    [InlineData("{'type':'array','uniqueItems':true,'items':{'type':'string'}}", ".uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic")]
    [InlineData("{'type':'object','$ref':'#/x'}", ".$ref: Forbidden: $ref is not supported")]
    [InlineData("{'type':'object','anyOf':[{'type':'object'}]}", ".anyOf[0].type: Forbidden: must be empty to be structural")]
    [InlineData("{'type':'object','x-kubernetes-preserve-unknown-fields':false}", ".x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined")]
    [InlineData("{'type':'object','x-kubernetes-list-type':'set'}", ".type: Invalid value: 'object': must be array if x-kubernetes-list-type is specified")]
    [InlineData("{'type':'array','x-kubernetes-list-type':'foo','items':{'type':'string'}}", ".x-kubernetes-list-type: Unsupported value: 'foo': supported values: 'atomic', 'set', 'map'")]
    [InlineData("{'type':'array','x-kubernetes-list-type':'map','items':{'type':'object'}}", ".x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map")]
    [InlineData("{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['a'],'items':{'type':'object','properties':{'a':{'type':'string'}}}}", ".items.properties[a].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")]
    [InlineData("{'type':'array','x-kubernetes-list-type':'set','items':{'type':'object'}}", ".items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set")]
    [InlineData("{'type':'object','required':['a'],'properties':{'a':{'type':'string'}},'default':{}}", ".default.a: Required value")]
    [InlineData("{'type':'object','properties':{'a':{'type':'string'}},'default':{'b':1}}", ".default: Invalid value: {'b':1}: must not have unknown fields")]
    [InlineData("{'type':'object','x-kubernetes-validations':[{'rule':''}]}", ".x-kubernetes-validations[0].rule: Required value: rule is not specified")]
    [InlineData("{'type':'object','x-kubernetes-validations':[{'rule':'true','reason':'Bogus'}]}", ".x-kubernetes-validations[0].reason: Unsupported value: 'Bogus': supported values: 'FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'")]
    public void Refuses_what_is_not_structural(string schema, string message) =>
        Assert.Equal(Spec + message, string.Join('|', Validate(schema)).Replace('"', '\''));

    [Theory]
    [InlineData("[")]
    [InlineData("(?=a)")]
    public void Refuses_patterns_that_its_engine_cannot_run(string pattern) =>
        Assert.StartsWith($"{Spec}.pattern: Invalid value: \"{pattern}\": must be a valid regular expression, but isn't: ", Assert.Single(Validate($"{{'type':'string','pattern':'{pattern}'}}")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_rule_that_cannot_be_parsed() => Assert.Equal(
        Spec + ".x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"foo(self)\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: "
        + "compilation failed: ERROR: <input>:1:4: undeclared reference to 'foo' (in container '')\n | foo(self)\n | ...^",
        string.Join('|', Validate("{'type':'object','x-kubernetes-validations':[{'rule':'foo(self)'}]}")));

    [Theory]
    [InlineData("metadata.name", "'x.y'", "metadata.name: Invalid value: 'x.y': must be spec.names.plural+'.'+spec.group")]
    [InlineData("spec.scope", "'X'", "spec.scope: Unsupported value: 'X': supported values: 'Cluster', 'Namespaced'")]
    [InlineData("spec.scope", "null", "spec.scope: Required value")]
    [InlineData("spec.names.kind", "null", "spec.names.singular: Required value|spec.names.kind: Required value|spec.names.listKind: Required value")]
    [InlineData("spec.names.listKind", "'Widget'", "spec.names.listKind: Invalid value: 'Widget': kind and listKind may not be the same")]
    [InlineData("spec.preserveUnknownFields", "true", "spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead")]
    [InlineData("spec.versions.0.schema", "{}", "spec.versions[0].schema.openAPIV3Schema: Required value")]
    [InlineData("spec.versions.0.schema.openAPIV3Schema.type", "'string'", "spec.validation.openAPIV3Schema.type: Invalid value: 'string': must be object at the root")]
    [InlineData("spec.versions.0.storage", "false", "spec.versions: Invalid value: [{'Name':'v1','Served':true,'Storage':false,'Deprecated':false,'DeprecationWarning':null,'Schema':null,'Subresources':null,'AdditionalPrinterColumns':null,'SelectableFields':null}]: must have exactly one version marked as storage version")]
    [InlineData("spec.versions.0.additionalPrinterColumns", "[{'name':'a','type':'foo','jsonPath':'spec'}]", "spec.additionalPrinterColumns[0].JSONPath: Invalid value: 'spec': must be a simple json path starting with .|spec.additionalPrinterColumns[0].type: Invalid value: 'foo': must be one of boolean,date,integer,number,string")]
    public void Checks_names_scope_and_versions(string path, string value, string message)
    {
        var crd = Definition("{'type':'object'}");
        var parts = path.Split('.');
        var parent = parts[..^1].Aggregate((JsonNode)crd, (node, part) => (node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : node[part])!);
        var replacement = JsonNode.Parse(value.Replace('\'', '"'));
        if (replacement is null)
        {
            parent.AsObject().Remove(parts[^1]);
        }
        else
        {
            parent[parts[^1]] = replacement;
        }

        Assert.Equal(message, string.Join('|', CustomResourceDefinitionRules.Validate(crd, isNew: true)).Replace('"', '\''));
    }

    private static IReadOnlyList<FieldError> Validate(string schema) => CustomResourceDefinitionRules.Validate(Definition(schema), isNew: true);

    private static JsonObject Definition(string schema) => JsonText.Object("""
        {"metadata":{"name":"widgets.test.example"},"spec":{"group":"test.example","scope":"Namespaced","names":{"kind":"Widget","plural":"widgets"},
         "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":SCHEMA}}}}]}}
        """.Replace("SCHEMA", schema, StringComparison.Ordinal));
}
