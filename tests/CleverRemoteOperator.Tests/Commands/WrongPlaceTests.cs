using System.Globalization;
using System.Text;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Commands;
using CleverRemoteOperator.Tests.Configuration;

namespace CleverRemoteOperator.Tests.Commands;

/// <summary>Secrets put where they do not belong are not shown, by <c>--check</c> or otherwise, and the right place is named.</summary>
public sealed class WrongPlaceTests : IDisposable
{
    private const string Secret = "hidden-word-7f3a";
    private const string Prefix = "CLEVER_OPERATOR_";

    private static readonly string Kubeconfig = $$$"""
        apiVersion: v1
        kind: Config
        current-context: admin
        contexts: [{name: admin, context: {cluster: one, user: me}}]
        clusters: [{name: one, cluster: {server: "https://api.paris.example:6443"}}]
        users: [{name: me, user: {token: {{{Secret}}} }}]
        """;

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CLEVER_OPERATOR_KUBECONFIGS", "CLEVER_OPERATOR_CLUSTERS_<NAME>_KUBECONFIG")]
    [InlineData("CLEVER_OPERATOR_OPERATOR_KUBECONFIGS", "CLEVER_OPERATOR_CLUSTERS_<NAME>_KUBECONFIG")]
    [InlineData("CLEVER_OPERATOR_CLUSTERS_NEW_YORK_KUBECONFIG_PATH", "CLEVER_OPERATOR_CLUSTERS_NEW_YORK_KUBECONFIG")]
    [InlineData("KUBECONFIG", "CLEVER_OPERATOR_CLUSTERS_<NAME>_KUBECONFIG")]
    public async Task A_kubeconfig_instead_of_its_path_is_told_by_its_length_and_the_right_variable(string variable, string meant)
    {
        _folder.With(variable, Kubeconfig).With("CLEVER_OPERATOR_CLUSTERS_NEW_YORK_NAMESPACES", "shop");
        if (!variable.Contains("NEW_YORK", StringComparison.Ordinal))
        {
            _folder.Variables.Remove("CLEVER_OPERATOR_CLUSTERS_NEW_YORK_NAMESPACES");
        }

        var expected = $"error: variable {variable}: holds a kubeconfig, {Kubeconfig.Length} characters, but must hold a path; "
            + $"put a kubeconfig itself into {meant}, or kubeconfig-content in a file\n";
        Assert.Equal(expected, await ErrorOfAsync("--check"));
        Assert.Equal(expected, await ErrorOfAsync());
    }

    [Fact]
    public async Task In_base64_it_is_one_all_the_same()
    {
        _folder.With("CLEVER_OPERATOR_KUBECONFIGS", Convert.ToBase64String(Encoding.UTF8.GetBytes(Kubeconfig)));

        Assert.Contains("holds a kubeconfig in base64, ", await ErrorOfAsync("--check"), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Elsewhere => new()
    {
        { Prefix + "OPERATOR_LISTEN", Secret, "a text, 16 characters, is not allowed; allowed: address:port" },
        { Prefix + "OPERATOR_LISTEN", Kubeconfig, "a kubeconfig, " },
        { Prefix + "OPERATOR_WORKERS", Secret, "a text, 16 characters, is not allowed; allowed: a whole number" },
        { Prefix + "OPERATOR_LOG_LEVEL", Secret, "a text, 16 characters, is not allowed; allowed: trace" },
        { Prefix + "OPERATOR_NAMESPACES", $"token={Secret}", "is not allowed; allowed: a list of namespace names" },
        { Prefix + "OPERATOR_ALLOWED_ENDPOINTS", $"https://me:{Secret}@api.example.com", "an address with a user name or a password, 43 characters, is not allowed" },
        { Prefix + "API_ENDPOINT", $"https://me:{Secret}@api.example.com", "not the origin of an API; allowed: an origin such as https://api.clever-cloud.com, without user" },
        { Prefix + "CLUSTERS_PARIS_API_ENDPOINT", $"https://me:{Secret}@api.example.com", "not the origin of an API" },
        { Prefix + "CLUSTERS_PARIS_NAMESPACES", $"{Secret}!", "is not allowed" },
        { Prefix + "CLUSTERS_PARIS_KUBECONFIG_PATH", $"-----BEGIN PRIVATE KEY-----\n{Secret}", "holds a private key, 44 characters, which is not a path" },
        { "PORT", Secret, "is not allowed; allowed: address:port" },
    };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task Nothing_of_a_value_that_is_not_what_it_should_be_is_shown(string variable, string value, string told)
    {
        _folder.With(Prefix + "CLUSTERS_PARIS_KUBECONFIG", Kubeconfig).With(Prefix + "API_TOKEN", "t").With(variable, value);

        Assert.Contains(told, await ErrorOfAsync("--check"), StringComparison.Ordinal);
        Assert.Contains(told, await ErrorOfAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2ln")]
    public async Task A_token_instead_of_a_path_is_not_shown_either(string token)
    {
        _folder.With(Prefix + "KUBECONFIGS", token).With(Prefix + "CLUSTERS_PARIS_KUBECONFIG_PATH", token).With(Prefix + "CLUSTERS_PARIS_CONTEXT", token);

        Assert.DoesNotContain(token, await AllOfAsync("--check"), StringComparison.Ordinal);
        Assert.DoesNotContain(token, LogOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kubeconfig")]
    [InlineData("--config")]
    public async Task Content_given_to_an_option_for_a_file_is_not_shown(string option)
    {
        Assert.DoesNotContain(Secret, await AllOfAsync("--check", option, Kubeconfig), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_became_a_key_of_a_file_is_not_shown()
    {
        const string token = "0123456789abcdef0123456789abcdef";
        _folder.WithCluster();
        _folder.Write("work/config.toml", $"\"{token}\" = 1\n[api]\n\"{token}\" = 1\n[[clusters]]\nname = '{token}!'\n\"{token}\" = 1\n");
        _folder.Write("work/kubeconfigs/lyon.yaml", Kubeconfig.Replace($"token: {Secret}", token, StringComparison.Ordinal));

        Assert.DoesNotContain(token, await AllOfAsync("--check"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_instead_of_the_path_of_its_file_is_not_shown()
    {
        _folder.Write("work/key.yaml", Kubeconfig.Replace($"token: {Secret}", $"tokenFile: '/{Secret}', client-key: '-----BEGIN PRIVATE KEY----- {Secret}', client-certificate: '{Secret}'", StringComparison.Ordinal));
        _folder.Write("work/config.toml", "[[clusters]]\nname = 'paris'\nkubeconfig = 'key.yaml'\nallow-files = true\n");

        var error = await ErrorOfAsync("--check");

        var folder = Path.GetDirectoryName(_folder.Write("work/there", ""));
        Assert.Contains($"user.client-key: refers to a file below {folder}, which does not exist", error, StringComparison.Ordinal);
        Assert.Contains($"user.client-certificate: refers to a file below {folder}, which does not exist", error, StringComparison.Ordinal);
    }

    private async Task<string> ErrorOfAsync(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = await CommandLine.RunAsync(arguments, _folder.Environment(), (_, _) => Task.FromResult(0), output, error, TestContext.Current.CancellationToken);
        Assert.Equal(2, code);
        Assert.DoesNotContain(Secret, output.ToString() + error, StringComparison.Ordinal);
        return error.ToString();
    }

    private async Task<string> AllOfAsync(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        await CommandLine.RunAsync(arguments, _folder.Environment(), (_, _) => Task.FromResult(0), output, output, TestContext.Current.CancellationToken);
        return output.ToString();
    }

    /// <summary>What the running operator logs of its clusters.</summary>
    private string LogOf()
    {
        var log = new RecordedLog<ClusterDefinitions>();
        new ClusterDefinitions(_folder.Configuration(), log).Read();
        Assert.NotEmpty(log.Lines);
        return string.Join('\n', log.Lines);
    }
}
