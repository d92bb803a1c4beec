using System.Text;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class CredentialsTests : IDisposable
{
    private static readonly EndpointRule AnyHttps = new(origin => origin.Scheme == "https", "https");
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Four_values_are_oauth1_at_the_public_api() => Assert.Equal(
        new CleverCredentials(new("https://api.clever-cloud.com"), "t", "s", "k", "c", null),
        Read("[api]\ntoken='t'\nsecret='s'\nconsumer-key='k'\nconsumer-secret='c'").Credentials);

    [Fact]
    public void Token_and_secret_use_the_public_consumer() => Assert.Equal(
        new CleverCredentials(new("https://api.clever-cloud.com"), "t", "s", CredentialsDraft.PublicConsumerKey, CredentialsDraft.PublicConsumerSecret, "user_1"),
        Read("[api]\ntoken='t'\nsecret='s'\norganisation='user_1'").Credentials);

    [Fact]
    public void A_token_alone_is_a_bearer_token_at_the_bridge() => Assert.Equal(
        new CleverCredentials(new("https://api-bridge.clever-cloud.com"), "t", null, null, null, null),
        Read("[api]\ntoken='t'").Credentials);

    [Theory]
    [InlineData("[api]\ntoken='t'\nconsumer-key='hidden-word'", "secret", "consumer-secret")]
    [InlineData("[api]\nsecret='hidden-word'", "token")]
    [InlineData("[api]\nconsumer-key='hidden-word'\nconsumer-secret='x'", "token", "secret")]
    [InlineData("[api]\norganisation='orga_1'", "token")]
    [InlineData("", "token")]
    public void What_is_missing_is_named_and_never_filled_in(string text, params string[] missing)
    {
        var reading = Read(text);

        Assert.Null(reading.Credentials);
        Assert.Equal(missing.Select(key => $"Secret a/b: api.{key}"), reading.Mistakes.Select(mistake => mistake.Source));
        Assert.All(reading.Mistakes, mistake => Assert.StartsWith("missing: ", mistake.Message, StringComparison.Ordinal));
        Assert.All(reading.Mistakes, mistake => Assert.DoesNotContain("hidden-word", mistake.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[api]\ntoken = \"t\"\n")]
    [InlineData("api:\n  token: t\n")]
    [InlineData("""{"api": {"token": "t"}}""")]
    public void Toml_yaml_json_and_base64_of_them_are_read(string text)
    {
        var once = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        var twice = Convert.ToBase64String(Encoding.UTF8.GetBytes(once + "\n"));

        Assert.All([text, once, twice], form => Assert.Equal("t", Read(form).Credentials?.Token));
    }

    [Theory]
    [InlineData("[api]\ntoken='t'\n[operator]\nworkers=1", "Secret a/b: operator: unknown section; allowed: api")]
    [InlineData("[api]\ntoken='t'\nendpont='https://x.example'", "Secret a/b: api.endpont: unknown key; did you mean endpoint?")]
    [InlineData("[api]\ntoken = hidden-word", "Secret a/b: line 2, column 9: invalid TOML: put strings in quotes and use each key once")]
    [InlineData("just words", "Secret a/b: line 1, column 1: the top level must be a map")]
    [InlineData("[api]\ntoken='hidden word'", "Secret a/b: api.token: has invalid characters or is too long; allowed: visible ASCII characters, at most 4096")]
    [InlineData("[api]\ntoken='t'\norganisation='../self'", "Secret a/b: api.organisation: a text, 7 characters, is not allowed; allowed: an identifier such as orga_… or user_…: letters, digits, \"_\" and \"-\"")]
    public void A_broken_text_gives_no_credentials_but_one_clear_line(string text, string expected)
    {
        var reading = Read(text);

        Assert.Null(reading.Credentials);
        Assert.Equal(expected, Assert.Single(reading.Mistakes).ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_text_of_windows_is_read_as_any_other(bool isCoded)
    {
        const string text = "\uFEFF[api]\r\ntoken = 't'\r\n";

        Assert.Equal("t", Read(isCoded ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)) : text).Credentials?.Token);
    }

    [Fact]
    public void A_text_that_is_too_large_is_refused_unread() =>
        Assert.Equal("Secret a/b: is too large; allowed: 64 KiB", Assert.Single(Read(new string('#', CredentialsText.Limit + 1)).Mistakes).ToString());

    [Theory]
    [InlineData("https://api.clever-cloud.com/v2", "https://api.clever-cloud.com/")]
    [InlineData("https://api.clever-cloud.com/v4/", "https://api.clever-cloud.com/")]
    [InlineData("https://API.Clever-Cloud.com:443", "https://api.clever-cloud.com/")]
    [InlineData("https://api.example:8443/", "https://api.example:8443/")]
    [InlineData("https://user@api.example", null)]
    [InlineData("https://@api.example", null)]
    [InlineData("https://api.example?", null)]
    [InlineData("https://api.example/#", null)]
    [InlineData("https://api.example/v3", null)]
    [InlineData("https://api.example/x/../v2", null)]
    [InlineData("https://api.example/.", null)]
    [InlineData("https:\\\\api.example", null)]
    [InlineData("https:/api.example", null)]
    [InlineData("ftp://api.example", null)]
    [InlineData("api.example", null)]
    [InlineData("file:///etc/passwd", null)]
    public void An_endpoint_is_an_origin(string text, string? expected) => Assert.Equal(expected, ApiEndpoint.Parse(text)?.ToString());

    [Fact]
    public void A_namespace_may_only_name_public_endpoints_the_operators_own_and_listed_ones()
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", "[api]\ntoken='t'\nendpoint='https://own.example'\n[operator]\nallowed-endpoints=['http://127.0.0.1:5000', 'https://listed.example']\n");
        var rule = EndpointRule.OfNamespaces(_folder.Configuration());
        string[] candidates =
        [
            "https://api.clever-cloud.com", "https://api-bridge.clever-cloud.com", "https://own.example", "https://listed.example", "http://127.0.0.1:5000",
            "http://api.clever-cloud.com", "https://api.clever-cloud.com:444", "https://other.example", "http://127.0.0.1:5001", "https://127.0.0.1:5000",
        ];

        Assert.Equal(candidates[..5], candidates.Where(origin => CredentialsText.Parse($"[api]\ntoken='t'\nendpoint='{origin}'", "x", rule).Credentials is not null));
    }

    [Theory]
    [InlineData("https://any.example", true)]
    [InlineData("http://127.0.0.1:4000", true)]
    [InlineData("http://localhost:4000", true)]
    [InlineData("http://listed.example", true)]
    [InlineData("http://other.example", false)]
    public void The_operators_own_endpoint_is_https_local_or_listed(string endpoint, bool allowed)
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_API_TOKEN", "t").With("CLEVER_OPERATOR_API_ENDPOINT", endpoint)
            .With("CLEVER_OPERATOR_OPERATOR_ALLOWED_ENDPOINTS", "http://listed.example");

        Assert.Equal(allowed, _folder.Load().Mistakes.Count == 0);
    }

    [Theory]
    [InlineData("""{"token": "cli", "secret": "s"}""", "https://api.clever-cloud.com/")]
    [InlineData("""{"version": 1, "profiles": [{"alias": "a", "token": "cli", "secret": "s", "overrides": {"API_HOST": "https://api.example"}}, {"token": "second", "secret": "s"}]}""", "https://api.example/")]
    public void The_file_of_clever_tools_is_used_when_nothing_else_gives_credentials(string file, string endpoint)
    {
        _folder.WithCluster();
        _folder.Write("home/.config/clever-cloud/clever-tools.json", file);

        var api = _folder.Configuration().Api!;
        Assert.Equal(("cli", "s", endpoint), (api.Token, api.Secret, api.Endpoint.ToString()));

        _folder.With("CLEVER_OPERATOR_API_TOKEN", "own");
        Assert.Equal(("own", null), (_folder.Configuration().Api!.Token, _folder.Configuration().Api!.Secret));
    }

    [Fact]
    public void A_missing_operator_token_is_named_with_what_stands_beside_it()
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_API_SECRET", "hidden-word");

        Assert.StartsWith("api.token, beside variable CLEVER_OPERATOR_API_SECRET: missing: ", _folder.OnlyMistake(), StringComparison.Ordinal);
    }

    private static CredentialsReading Read(string text) => CredentialsText.Parse(text, "Secret a/b", AnyHttps);
}
