using System.Text;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class DisclosureTests
{
    private const string Kubeconfig = "apiVersion: v1\nclusters:\n- name: a\nusers:\n- name: b\n";

    public static TheoryData<string, string> Kinds => new()
    {
        { "", "an empty text, 0 characters" },
        { "x", "a text, 1 character" },
        { "some words", "a text, 10 characters" },
        { "1234", "a number, 4 characters" },
        { "/etc/kube/config", "a path, 16 characters" },
        { "https://api.example.com", "an address, 23 characters" },
        { "https://user:hunter2@api.example.com", "an address with a user name or a password, 36 characters" },
        { Kubeconfig, "a kubeconfig, 52 characters" },
        { Kubeconfig.PadRight(2311), "a kubeconfig, 2,311 characters" },
        { """{"clusters":[],"users":[]}""", "a kubeconfig, 26 characters" },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes(Kubeconfig)), "a kubeconfig in base64, 72 characters" },
        { "-----BEGIN RSA PRIVATE KEY-----\nabc", "a private key, 35 characters" },
        { "-----BEGIN CERTIFICATE-----\nabc", "a certificate, 31 characters" },
        { "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2ln", "a token, 67 characters" },
        { "one\ntwo", "a text of several lines, 7 characters" },
        { "0123456789abcdef0123456789abcdef", "a text that looks like a secret, 32 characters" },
        { "T5nFjKeHH4AIlEveuGhB5S3xg8T19e", "a text that looks like a secret, 30 characters" },
        { "token=hunter2", "a text that looks like a secret, 13 characters" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_text_is_told_by_its_kind_and_length(string text, string told) => Assert.Equal(told, Disclosure.Describe(text));

    [Theory]
    [InlineData("paris")]
    [InlineData("/app/kubeconfigs/production.yaml")]
    [InlineData("arn:aws:eks:eu-west-1:123456789012:cluster/my-cluster")]
    [InlineData("gke_my-project-123456_europe-west1-b_cluster-1")]
    [InlineData("orga_3547a882-d464-4c34-8168-add4b3e0c135")]
    [InlineData("https://api.clever-cloud.com")]
    [InlineData("kubernetes-admin@kubernetes")]
    public void Names_people_give_are_shown(string text) => Assert.Equal(text, Disclosure.Of(text));

    [Theory]
    [InlineData("/app/0123456789abcdef0123456789abcdef")]
    [InlineData("https://0123456789abcdef0123456789abcdef.example.com")]
    [InlineData("https://user:pw@example.com")]
    [InlineData("a\nb")]
    public void What_looks_like_a_secret_is_not(string text) => Assert.Equal($"({Disclosure.Describe(text)})", Disclosure.Of(text));

    [Fact]
    public void A_long_text_is_not_shown_however_harmless() => Assert.Equal("(a text, 500 characters)", Disclosure.Of(new string('a', 500)));

    [Theory]
    [InlineData("The format of value 'Bearer abcdef-123456' is invalid.", "The format of value 'Bearer ***' is invalid.")]
    [InlineData("proxy 'http://user:pw@proxy:3128/' failed", "proxy 'http://***@proxy:3128/' failed")]
    [InlineData("password: hunter2, and more", "password: ***, and more")]
    [InlineData("got 0123456789abcdef0123456789abcdef here", "got *** here")]
    [InlineData("The given key 'redis' was not present.", "The given key 'redis' was not present.")]
    public void In_text_of_libraries_what_looks_like_a_secret_is_hidden(string text, string shown) => Assert.Equal(shown, Disclosure.Hide(text));

    [Fact]
    public void A_hostile_text_is_searched_in_no_time()
    {
        var started = TimeProvider.System.GetTimestamp();
        Disclosure.Describe(new string('a', 1024 * 1024));
        Disclosure.Hide(string.Concat(Enumerable.Repeat("Aa-", 400_000)));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }
}
