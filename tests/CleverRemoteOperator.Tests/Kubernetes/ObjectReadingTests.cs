using System.Text;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Tests.Watching;
using CsCheck;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class ObjectReadingTests
{
    private static readonly ObjectFormat<AddonResource> Addons = ObjectReading.Addons(RunningWatch.Redis, TimeProvider.System);

    [Theory]
    [InlineData("[]", "", "it is not a JSON object")]
    [InlineData("""{"metadata":{"name":"a","namespace":"n","uid":7}}""", "a", "it is not a JSON object")]
    [InlineData("""{"metadata":{"name":"a","namespace":"n","generation":99999999999999999999}}""", "a", "it is not a JSON object")]
    [InlineData("""{"metadata":{"name":"a","namespace":"n"}}""", "a", "metadata.uid is missing")]
    [InlineData("""{"metadata":{"name":"a/b","namespace":"n"}}""", "a/b", "metadata.name is not a Kubernetes name")]
    [InlineData("""{"metadata":{"name":"a","namespace":"n","uid":"00000000-0000-4000-8000-000000000001","resourceVersion":"1"},"spec":[]}""", "a", "its spec is not an object")]
    [InlineData("""{"metadata":{"name":"a","namespace":"n","uid":"00000000-0000-4000-8000-000000000001","resourceVersion":"1"},"spec":{"x":1,"x":2}}""", "a", "its spec has a duplicate key or is nested deeper than 64")]
    [InlineData("""{"kind":"Status","metadata":{"name":"a","namespace":"n","uid":"00000000-0000-4000-8000-000000000001","resourceVersion":"1"}}""", "a", "its kind is not Redis")]
    public void Says_which_object_is_malformed_and_how(string json, string name, string message)
    {
        var failure = Assert.Throws<MalformedObjectException>(() => Addons.Read(Encoding.UTF8.GetBytes(json)));
        Assert.Equal((name, message), (failure.Name, failure.Message));
    }

    [Theory]
    [InlineData("u")]
    [InlineData("../../../v2/self?x=1#")]
    [InlineData("00000000-0000-4000-8000-00000000000")]
    [InlineData("00000000-0000-4000-8000-0000000000011")]
    [InlineData("00000000-0000-4000-8000-00000000000g")]
    [InlineData("000000000000-4000-8000-00000000000001")]
    [InlineData("{0000000-0000-4000-8000-000000000001}")]
    [InlineData("00000000-0000-4000-8000-00000000000\u0661")]
    [InlineData("00000000-0000-4000-8000-000000000001\\n")]
    public void An_object_whose_uid_is_no_UUID_is_malformed_and_so_is_a_Secret(string uid)
    {
        Assert.Equal("metadata.uid is not a UUID", Assert.Throws<MalformedObjectException>(() => Addons.Read(Encoding.UTF8.GetBytes(Json.Redis("a", 1, uid: uid)))).Message);
        Assert.Throws<MalformedObjectException>(() => ObjectReading.Secrets.Read(Encoding.UTF8.GetBytes(Json.Redis("a", 1, uid: uid).Replace("\"Redis\"", "\"Secret\"", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_uid_of_any_length_is_malformed_and_either_case_is_read()
    {
        Assert.Throws<MalformedObjectException>(() => Addons.Read(Encoding.UTF8.GetBytes(Json.Redis("a", 1, uid: new string('a', 200_000)))));

        Assert.Equal("ABCDEF00-0000-4000-8000-00000000000f", Addons.Read(Encoding.UTF8.GetBytes(Json.Redis("a", 1, uid: "ABCDEF00-0000-4000-8000-00000000000f"))).Uid);
    }

    [Fact]
    public void Any_damage_to_an_object_is_malformed_or_harmless()
    {
        var whole = Encoding.UTF8.GetBytes(Json.Redis("cache", 7));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[1, whole.Length]).Sample((at, value, length) =>
        {
            var damaged = whole[..];
            damaged[at] = value;
            try
            {
                Addons.Read(damaged.AsSpan(0, length));
            }
            catch (MalformedObjectException)
            {
                // The one way to fail.
            }
        });
    }

    [Fact]
    public void Secrets_are_read_as_metadata_even_when_they_come_whole()
    {
        var secret = ObjectReading.Secrets.Read("""
            {"kind":"Secret","metadata":{"name":"s","namespace":"n","uid":"00000000-0000-4000-8000-000000000001","resourceVersion":"1","labels":{"a":"b"},
            "ownerReferences":[{"kind":"Redis","uid":"owner"},{"uid":"other"}]},"data":{"PASSWORD":"aHVudGVyMg=="}}
            """u8);
        Assert.Equal(["owner", "other"], secret.OwnerUids);
        Assert.DoesNotContain("aHVudGVyMg", secret.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"manager":"clever-remote-operator","operation":"Apply","fieldsV1":{"f:data":{"manager":{}}}}]""", true)]
    [InlineData("""[{"fieldsV1":{"f:data":{}},"operation":"Apply","manager":"clever-remote-operator"},{"manager":"kubectl","operation":"Update"}]""", true)]
    [InlineData("""[{"manager":"clever-remote-operator","operation":"Update"},{"manager":"kubectl","operation":"Apply"}]""", false)]
    [InlineData("""[{"manager":7,"operation":null},{}]""", false)]
    [InlineData("[]", false)]
    [InlineData("null", false)]
    public void A_Secret_tells_whether_the_operator_applied_it(string managers, bool expected)
    {
        var json = $$$"""{"metadata":{"managedFields":{{{managers}}},"name":"s","namespace":"n","uid":"00000000-0000-4000-8000-000000000001","resourceVersion":"1"}}""";
        Assert.Equal(expected, ObjectReading.Secrets.Read(Encoding.UTF8.GetBytes(json)).IsAppliedByOperator);
    }
}
