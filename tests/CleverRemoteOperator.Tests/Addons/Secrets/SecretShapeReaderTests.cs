using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Secrets;

namespace CleverRemoteOperator.Tests.Addons.Secrets;

public sealed class SecretShapeReaderTests
{
    [Theory]
    [InlineData("PostgreSQL", """{"plan":"S","region":"par","secret":{"name":"db"}}""")]
    [InlineData("PostgreSQL", """{"instance":{"plan":"S","region":"par"},"secret":{"name":"db"}}""")]
    [InlineData("ConfigProvider", """{"variables":{},"secret":{"name":"db"}}""")]
    [InlineData("KV", """{"region":"par","secret":{"name":"db"}}""")]
    public void It_is_read_in_any_layout(string kind, string spec)
    {
        var (read, mistakes) = AddonSpecReader.Read(AddonCatalog.Find(kind)!, JsonNode.Parse(spec)!.AsObject());

        Assert.Empty(mistakes);
        Assert.Equal("db", read!.Secret.Name);
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var (shape, mistakes) = Read("""
            {"enabled":true,"name":"shop.db-1","labels":{"app.kubernetes.io/name":"shop","tier":""},"annotations":{"reloader.example.com/match":"true, or not"},
             "type":"servicebinding.io/postgresql","keyPrefix":"PG_","keys":{"URL":"$(A|uri)"},"only":["URL"],"format":"Both"}
            """);

        Assert.Empty(mistakes);
        Assert.Equal((true, "shop.db-1", "servicebinding.io/postgresql", "PG_", SecretFormat.Both), (shape.IsEnabled, shape.Name, shape.Type, shape.KeyPrefix, shape.Format));
        Assert.Equal(2, shape.Labels.Count);
        Assert.Equal("true, or not", Assert.Single(shape.Annotations).Value);
        Assert.Equal(["A"], Assert.Single(shape.Keys).Value.Entries);
        Assert.Equal(["URL"], shape.Only);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"name":null,"labels":null,"only":null,"format":null,"enabled":null}""")]
    public void What_is_absent_is_as_ever(string secret)
    {
        var (shape, mistakes) = Read(secret);

        Assert.Empty(mistakes);
        Assert.True(shape is { IsEnabled: true, IsEnvironment: true, Name: null, Type: null, Labels.Count: 0, Annotations.Count: 0 });
    }

    [Theory]
    [InlineData("[]", "spec.secret is a list; allowed: an object")]
    [InlineData("""{"nmae":"x"}""", "spec.secret has the field \"nmae\"; allowed: enabled, name, ")]
    [InlineData("""{"enabled":"no"}""", "spec.secret.enabled is \"no\"; allowed: true or false")]
    [InlineData("""{"name":"Shop"}""", "spec.secret.name is \"Shop\"; allowed: the name of a Secret")]
    [InlineData("""{"name":"../x"}""", "spec.secret.name is \"../x\"")]
    [InlineData("""{"labels":["a"]}""", "spec.secret.labels is a list; allowed: an object of texts")]
    [InlineData("""{"labels":{"-a":"b"}}""", "spec.secret.labels has the name \"-a\"; allowed: keys and values as Kubernetes has them")]
    [InlineData("""{"labels":{"A/b":"c"}}""", "spec.secret.labels has the name \"A/b\"")]
    [InlineData("""{"labels":{"a/b/c":"d"}}""", "spec.secret.labels has the name \"a/b/c\"")]
    [InlineData("""{"labels":{"a":"b c"}}""", "spec.secret.labels.a has a value that no label may have")]
    [InlineData("""{"labels":{"a":1}}""", "spec.secret.labels.a is a number; allowed: a string")]
    [InlineData("""{"labels":{"app.kubernetes.io/managed-by":"me"}}""", "spec.secret.labels has app.kubernetes.io/managed-by, which is the operator's own")]
    [InlineData("""{"labels":{"api.clever-cloud.com/x":"y"}}""", "spec.secret.labels has api.clever-cloud.com/x, which is the operator's own")]
    [InlineData("""{"annotations":{"api.clever-cloud.com/checksum":"0"}}""", "spec.secret.annotations has api.clever-cloud.com/checksum, which is the operator's own")]
    [InlineData("""{"type":"kubernetes.io/service-account-token"}""", "spec.secret.type is \"kubernetes.io/service-account-token\"; allowed: Opaque, kubernetes.io/basic-auth, or a type of a domain of your own")]
    [InlineData("""{"type":"bootstrap.kubernetes.io/token"}""", "spec.secret.type is \"bootstrap.kubernetes.io/token\"")]
    [InlineData("""{"type":"x.k8s.io/y"}""", "spec.secret.type is \"x.k8s.io/y\"")]
    [InlineData("""{"type":"opaque"}""", "spec.secret.type is \"opaque\"")]
    [InlineData("""{"keyPrefix":"a b"}""", "spec.secret.keyPrefix is \"a b\"")]
    [InlineData("""{"keys":{"a b":"A"}}""", "spec.secret.keys has the name \"a b\"; allowed: letters, digits, ")]
    [InlineData("""{"keys":{"URL":"postgresql://hunter2@$(HOST"}}""", "spec.secret.keys.URL has a $ at character 22 that begins neither ")]
    [InlineData("""{"only":[]}""", "spec.secret.only is a list; allowed: a list of one key or more")]
    [InlineData("""{"only":["a b"]}""", "spec.secret.only is a list; allowed: a list of one key or more")]
    [InlineData("""{"only":"URL"}""", "spec.secret.only is \"URL\"")]
    [InlineData("""{"restart":"All"}""", "spec.secret.restart is \"All\"; allowed: Consumers, or a list of objects with kind (Deployment, StatefulSet or DaemonSet) and name")]
    [InlineData("""{"restart":[]}""", "spec.secret.restart is a list; allowed: Consumers, or a list of objects")]
    [InlineData("""{"restart":["Deployment"]}""", "spec.secret.restart is a list; allowed: Consumers, or a list of objects")]
    [InlineData("""{"restart":[{"kind":"Pod","name":"a"}]}""", "spec.secret.restart[0].kind is \"Pod\"; allowed: Deployment, StatefulSet or DaemonSet")]
    [InlineData("""{"restart":[{"kind":"Deployment","name":"a"},{"kind":"Deployment"}]}""", "spec.secret.restart[1].name is missing; allowed: the name of the workload")]
    [InlineData("""{"restart":[{"kind":"Deployment","name":"a","namespace":"b"}]}""", "spec.secret.restart[0] has the field \"namespace\"; allowed: kind, name")]
    [InlineData("""{"format":"both"}""", "spec.secret.format is \"both\"; allowed: Native or Both")]
    public void Every_mistake_says_field_and_what_is_allowed(string secret, string expected)
    {
        var (_, mistakes) = Read(secret);

        Assert.StartsWith(expected, Assert.Single(mistakes));
        Assert.DoesNotContain("hunter2", mistakes[0]);
    }

    [Fact]
    public void What_restarts_is_all_that_reads_the_Secret_or_what_is_named()
    {
        Assert.Empty(Read("""{"restart":"Consumers"}""").Shape.Restart!.Named);
        Assert.Equal(
            [new NamedConsumer(ConsumerKind.Deployment, "shop"), new NamedConsumer(ConsumerKind.DaemonSet, "agent")],
            Read("""{"restart":[{"kind":"Deployment","name":"shop"},{"kind":"DaemonSet","name":"agent"}]}""").Shape.Restart!.Named);
        Assert.Null(Read("{}").Shape.Restart);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Keys_and_values_of_labels_have_63_characters_at_most(int length, bool isRight)
    {
        var text = new string('a', length);

        Assert.Equal(isRight, Read($$"""{"labels":{"example.com/{{text}}":"b"} }""").Mistakes.Count == 0);
        Assert.Equal(isRight, Read($$"""{"labels":{"b":"{{text}}"} }""").Mistakes.Count == 0);
    }

    [Fact]
    public void A_long_key_that_is_none_costs_no_time() =>
        Assert.Single(Read($$"""{"labels":{"{{new string('a', 60_000)}}!":"b"} }""").Mistakes);

    private static (SecretShape Shape, List<string> Mistakes) Read(string secret)
    {
        List<string> mistakes = [];
        return (SecretShapeReader.Read(new SpecSection(JsonNode.Parse($$"""{"secret":{{secret}}}""")!.AsObject(), "spec", mistakes), mistakes), mistakes);
    }
}
