using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CsCheck;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class ApiPathTests
{
    [Theory]
    [InlineData("GET", "version", "get version")]
    [InlineData("GET", "apis/clever-cloud.com", "get discovery")]
    [InlineData("GET", "apis/clever-cloud.com/v1", "get discovery")]
    [InlineData("GET", "apis/clever-cloud.com/v1/redis?limit=500", "list redis")]
    [InlineData("GET", "apis/clever-cloud.com/v1/namespaces/a/redis?watch=1", "watch redis")]
    [InlineData("GET", "api/v1/namespaces/a/secrets/s", "get secrets")]
    [InlineData("PATCH", "apis/clever-cloud.com/v1/namespaces/a/redis/x/status?fieldManager=f", "patch redis/status")]
    [InlineData("POST", "api/v1/namespaces/a/events", "create events")]
    [InlineData("PUT", "apis/coordination.k8s.io/v1/namespaces/a/leases/l", "update leases")]
    public void Tells_verb_and_resource_without_any_name(string method, string path, string expected)
    {
        var (verb, resource) = ApiPath.Describe(new HttpMethod(method), path);
        Assert.Equal(expected, $"{verb} {resource}");
    }

    [Fact]
    public void Any_name_stays_one_segment_or_is_refused() => Gen.String.Sample(name =>
    {
        try
        {
            var path = ApiPath.Of(ApiResource.Secrets, name, name);
            Assert.Equal($"api/v1/namespaces/{name}/secrets/{name}", new Uri(new Uri("https://h/"), path).AbsolutePath[1..]);
        }
        catch (KubernetesApiException refused)
        {
            Assert.Equal("InvalidName", refused.Reason);
        }
    });

    [Fact]
    public void Query_values_are_escaped() =>
        Assert.Equal("p?a=1%262&c=%3D", ApiPath.WithQuery("p", ("a", "1&2"), ("b", null), ("c", "=")));

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-b.c-d", true)]
    [InlineData("a..b", false)]
    [InlineData("a.-b", false)]
    [InlineData("a-", false)]
    [InlineData("-a", false)]
    [InlineData("A", false)]
    [InlineData("é", false)]
    [InlineData("", false)]
    public void Names_are_those_of_RFC_1123(string name, bool allowed) => Assert.Equal(allowed, KubernetesNames.IsSubdomain(name));
}
