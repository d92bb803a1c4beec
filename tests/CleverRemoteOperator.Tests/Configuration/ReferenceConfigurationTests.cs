using System.Net;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.Configuration;

/// <summary>What configured the reference operator configures this one: its variables, its files, its Helm chart's file.</summary>
public sealed class ReferenceConfigurationTests : IDisposable
{
    private const string Credentials = "token = \"t\"\nsecret = \"s\"\nconsumer-key = \"k\"\nconsumer-secret = \"c\"\n";

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CLEVER_OPERATOR_API_TOKEN", "o", "https://api.clever-cloud.com o s k c")]
    [InlineData("CLEVER_OPERATOR_API_SECRET", "o", "https://api.clever-cloud.com t o k c")]
    [InlineData("CLEVER_OPERATOR_API_CONSUMER_KEY", "o", "https://api.clever-cloud.com t s o c")]
    [InlineData("CLEVER_OPERATOR_API_CONSUMER_SECRET", "o", "https://api.clever-cloud.com t s k o")]
    [InlineData("CLEVER_OPERATOR_API_ENDPOINT", "https://api.other.example/v2", "https://api.other.example t s k c")]
    public void A_variable_of_the_reference_operator_wins_over_its_file(string variable, string value, string expected)
    {
        _folder.WithCluster().With(variable, value);
        _folder.Write("etc/clever-kubernetes-operator/config.toml", "[api]\n" + Credentials);

        var api = _folder.Configuration().Api!;

        Assert.Equal(expected, $"{api.Endpoint.GetLeftPart(UriPartial.Authority)} {api.Token} {api.Secret} {api.ConsumerKey} {api.ConsumerSecret}");
    }

    [Theory]
    [InlineData(null, "0.0.0.0:8000")]
    [InlineData("127.0.0.1:7000", "127.0.0.1:7000")]
    public void The_address_to_listen_on_has_the_same_variable_and_default(string? value, string expected)
    {
        _folder.WithCluster();
        if (value is not null)
        {
            _folder.With("CLEVER_OPERATOR_OPERATOR_LISTEN", value);
        }

        Assert.Equal(IPEndPoint.Parse(expected), _folder.Configuration().Operator.Listen);
    }

    [Theory]
    [InlineData("usr/share/clever-kubernetes-operator/config.toml")]
    [InlineData("usr/share/clever-kubernetes-operator/config.yaml")]
    [InlineData("usr/share/clever-kubernetes-operator/config.json")]
    [InlineData("etc/clever-kubernetes-operator/config.toml")]
    [InlineData("etc/clever-kubernetes-operator/config.yaml")]
    [InlineData("etc/clever-kubernetes-operator/config.json")]
    [InlineData("home/.config/clever-kubernetes-operator/config.toml")]
    [InlineData("home/.config/clever-kubernetes-operator/config.yaml")]
    [InlineData("home/.config/clever-kubernetes-operator/config.json")]
    [InlineData("home/.local/share/clever-kubernetes-operator/config.toml")]
    [InlineData("home/.local/share/clever-kubernetes-operator/config.yaml")]
    [InlineData("home/.local/share/clever-kubernetes-operator/config.json")]
    [InlineData("work/config.toml")]
    [InlineData("work/config.yaml")]
    [InlineData("work/config.json")]
    public void A_file_is_read_from_each_place_and_each_form(string path)
    {
        _folder.WithCluster();
        _folder.Write(path, Path.GetExtension(path) switch
        {
            ".toml" => "[api]\n" + Credentials,
            ".yaml" => "api:\n  token: t\n  secret: s\n  consumer-key: k\n  consumer-secret: c\n",
            _ => """{"api": {"token": "t", "secret": "s", "consumer-key": "k", "consumer-secret": "c"}}""",
        });

        Assert.Equal(new CleverCredentials(new("https://api.clever-cloud.com"), "t", "s", "k", "c", null), _folder.Configuration().Api);
    }

    [Theory]
    [InlineData("usr/share/clever-kubernetes-operator", "etc/clever-kubernetes-operator")]
    [InlineData("etc/clever-kubernetes-operator", "home/.config/clever-kubernetes-operator")]
    [InlineData("home/.config/clever-kubernetes-operator", "home/.local/share/clever-kubernetes-operator")]
    [InlineData("home/.local/share/clever-kubernetes-operator", "work")]
    public void A_later_place_wins_key_by_key(string earlier, string later)
    {
        _folder.WithCluster();
        _folder.Write($"{earlier}/config.toml", "[api]\n" + Credentials);
        _folder.Write($"{later}/config.toml", "[api]\ntoken = \"later\"\n");

        Assert.Equal(("later", "s"), (_folder.Configuration().Api!.Token, _folder.Configuration().Api!.Secret));
    }

    // The values config.* of its chart become this file, mounted into the pod.
    [Theory]
    [InlineData("https://api.clever-cloud.com")]
    [InlineData("https://api.clever-cloud.com/v2")]
    public void The_file_its_Helm_values_become_is_understood_in_both_spellings(string endpoint)
    {
        _folder.WithCluster();
        var expected = new CleverCredentials(new("https://api.clever-cloud.com"), "t", "s", "k", "c", null);
        _folder.Write("work/kebab.toml", $"[api]\nendpoint = \"{endpoint}\"\n{Credentials}[operator]\nlisten = \"0.0.0.0:8000\"\n");
        _folder.Write("work/camel.toml", $"[api]\nendpoint = \"{endpoint}\"\ntoken = \"t\"\nsecret = \"s\"\nconsumerKey = \"k\"\nconsumerSecret = \"c\"\n");

        Assert.Equal(expected, _folder.Configuration(new() { ConfigPath = "kebab.toml" }).Api);
        Assert.Equal(expected, _folder.Configuration(new() { ConfigPath = "camel.toml" }).Api);
    }
}
