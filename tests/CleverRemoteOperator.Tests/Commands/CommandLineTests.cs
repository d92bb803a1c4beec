using CleverRemoteOperator.Commands;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Tests.Configuration;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private const string Kubeconfig = """
        apiVersion: v1
        kind: Config
        current-context: admin
        contexts: [{name: admin, context: {cluster: one, user: me}}]
        clusters: [{name: one, cluster: {server: "https://api.paris.example:6443"}}]
        users: [{name: me, user: {token: hidden-word}}]
        """;

    private readonly ConfigurationFolder _folder = new();
    private readonly List<(OperatorConfiguration Configuration, CommandLineOptions Options)> _runs = [];
    private int _runEndsWith;
    private Exception? _runThrows;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_command_the_operator_runs_with_what_was_configured()
    {
        _folder.WithCluster();
        _runEndsWith = 1;

        var (code, output, error) = await RunAsync("-vv", "--no-lease");

        Assert.Equal((1, "", ""), (code, output, error));
        var (configuration, options) = Assert.Single(_runs);
        Assert.Equal(("paris", LogLevel.Trace), (configuration.Clusters[0].Name, configuration.Operator.LogLevel));
        Assert.Equal(new CommandLineOptions { Verbosity = 2, NoLease = true }, options);
    }

    [Theory]
    [InlineData("-v", LogLevel.Debug)]
    [InlineData("-v -v", LogLevel.Trace)]
    [InlineData("-vvv", LogLevel.Trace)]
    [InlineData("--verbose", LogLevel.Debug)]
    public async Task The_option_v_may_be_repeated(string arguments, LogLevel expected)
    {
        _folder.WithCluster();

        await RunAsync(arguments.Split(' '));

        Assert.Equal(expected, Assert.Single(_runs).Configuration.Operator.LogLevel);
    }

    [Fact]
    public async Task Mistakes_are_lines_on_standard_error_and_nothing_runs()
    {
        _folder.With("CLEVER_OPERATOR_OPERATOR_WORKERS", "many");

        var (code, output, error) = await RunAsync();

        Assert.Equal((2, ""), (code, output));
        Assert.Empty(_runs);
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal("error: variable CLEVER_OPERATOR_OPERATOR_WORKERS: a text, 4 characters, is not allowed; allowed: a whole number from 1 to 1000", lines[0]);
        Assert.StartsWith("error: clusters: no cluster configured; allowed: ", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task A_configuration_file_that_cannot_be_read_is_the_only_mistake_whatever_would_stand_in_it()
    {
        var (code, _, error) = await RunAsync("--config", "none.toml");

        Assert.Equal((2, $"error: {_folder.PathOf("work/none.toml")}: the configuration file does not exist\n"), (code, error));
    }

    [Fact]
    public async Task Check_shows_endpoints_as_they_are_used()
    {
        _folder.With("CLEVER_OPERATOR_API_TOKEN", "t").With("CLEVER_OPERATOR_API_ENDPOINT", "https://API.clever-cloud.com:443/v2")
            .With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", Kubeconfig).With("CLEVER_OPERATOR_CLUSTERS_PARIS_API_TOKEN", "t");

        var (_, output, _) = await RunAsync("--check");

        Assert.Matches(@"\n  endpoint +https://api\.clever-cloud\.com +variable CLEVER_OPERATOR_API_ENDPOINT\n", output);
        Assert.Matches(@"\[clusters\.paris\.api\]\n  endpoint +https://api-bridge\.clever-cloud\.com +default\n", output);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("nonsense")]
    [InlineData("--config")]
    public async Task A_wrong_command_line_is_a_line_and_exit_code_2(string argument)
    {
        _folder.WithCluster();

        var (code, output, error) = await RunAsync(argument);

        Assert.Equal((2, ""), (code, output));
        Assert.All(error.TrimEnd().Split('\n'), line => Assert.StartsWith("error: command line: ", line, StringComparison.Ordinal));
        Assert.Empty(_runs);
    }

    [Fact]
    public async Task A_failure_while_running_is_one_line_and_exit_code_1()
    {
        _folder.WithCluster();
        _runThrows = new IOException("address in use");

        Assert.Equal((1, "", "error: IOException: address in use\n"), await RunAsync());
    }

    [Theory]
    [InlineData("--check")]
    [InlineData("-t")]
    public async Task Check_shows_settings_and_clusters_but_no_secret_and_runs_nothing(string option)
    {
        _folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", Kubeconfig).With("CLEVER_OPERATOR_API_TOKEN", "hidden-word");
        _folder.Write("work/kubeconfigs/montreal.yaml", Kubeconfig.Replace("paris", "montreal", StringComparison.Ordinal));

        var (code, output, error) = await RunAsync(option);

        Assert.Equal((0, ""), (code, error));
        Assert.Empty(_runs);
        Assert.Matches(@"\[api\]\n.*\n  token +\*\*\* +variable CLEVER_OPERATOR_API_TOKEN\n", output);
        Assert.Matches(@"\n  workers +8 +default\n", output);
        Assert.Matches(@"\n  paris +context current +server api\.paris\.example:6443 +namespaces \* +variable CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG\n", output);
        Assert.Matches(@"\n  montreal +context current +server api\.montreal\.example:6443 +namespaces \* +.*/work/kubeconfigs/montreal\.yaml\n", output);
        Assert.DoesNotContain("hidden-word", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop,blog", "", "its Lease lies in shop, which it serves: ")]
    [InlineData("shop,blog", "blog", "its Lease lies in blog, which it serves: ")]
    [InlineData("shop,blog", "operator", null)]
    [InlineData("*", "", null)]
    public async Task Check_warns_of_a_Lease_that_a_tenant_can_write(string namespaces, string lease, string? warning)
    {
        _folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", Kubeconfig).With("CLEVER_OPERATOR_OPERATOR_NAMESPACES", namespaces).With("CLEVER_OPERATOR_OPERATOR_LEASE_NAMESPACE", lease);

        var (code, _, error) = await RunAsync("--check");

        Assert.Equal(0, code);
        Assert.Equal(warning is null, error.Length == 0);
        Assert.StartsWith(warning is null ? "" : $"warning: cluster paris: {warning}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_reports_every_mistake_those_of_kubeconfigs_too_and_still_shows_the_rest()
    {
        _folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", Kubeconfig).With("CLEVER_OPERATOR_API_TOKN", "hidden-word")
            .With("CLEVER_OPERATOR_CLUSTERS_LYON_KUBECONFIG", "/etc/kube/hidden-word").With("CLEVER_OPERATOR_CLUSTERS_NANTES_NAMESPACES", "shop");

        var (code, output, error) = await RunAsync("--check");

        Assert.Equal(2, code);
        Assert.Equal(
            [
                "error: variable CLEVER_OPERATOR_API_TOKN: unknown variable; did you mean CLEVER_OPERATOR_API_TOKEN?",
                "error: variable CLEVER_OPERATOR_CLUSTERS_NANTES_NAMESPACES: cluster nantes has no kubeconfig; allowed: one of kubeconfig (a path), kubeconfig-content, in-cluster = true",
                "error: variable CLEVER_OPERATOR_CLUSTERS_LYON_KUBECONFIG: cluster lyon: the kubeconfig: it is not a kubeconfig: clusters, users and contexts are expected; the path of a file goes into kubeconfig, in a variable …_KUBECONFIG_PATH",
            ],
            error.TrimEnd().Split('\n').Where(line => !line.StartsWith("warning: ", StringComparison.Ordinal)));
        Assert.Matches(@"\n  paris +context current +server api\.paris\.example:6443 ", output);
    }

    [Fact]
    public async Task A_variable_that_holds_no_kubeconfig_does_not_keep_the_other_clusters_from_being_served()
    {
        _folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", Kubeconfig).With("CLEVER_OPERATOR_CLUSTERS_LYON_KUBECONFIG", "just text");

        Assert.Equal((0, "", ""), await RunAsync());

        Assert.Equal(["lyon", "paris"], Assert.Single(_runs).Configuration.Clusters.Select(cluster => cluster.Name));
    }

    [Theory]
    [InlineData("hidden-word", "it is not a kubeconfig: clusters, users and contexts are expected; the path of a file goes into kubeconfig, in a variable …_KUBECONFIG_PATH")]
    [InlineData("a: [hidden-word\n", "line 2, column 1: not YAML, or a key that is there twice")]
    [InlineData("kind: Config", "current-context: is missing, and no context was asked for")]
    [InlineData("current-context: b\ncontexts: [{name: a}]", "contexts: b is not there; there is: a")]
    public async Task Check_reports_a_kubeconfig_that_cannot_be_used(string kubeconfig, string expected)
    {
        var path = _folder.Write("work/kubeconfigs/paris.yaml", kubeconfig);

        var (code, _, error) = await RunAsync("--check");

        Assert.Equal((2, $"error: {path}: cluster paris: the kubeconfig: {expected}\n"), (code, error));
    }

    [Theory]
    [InlineData("configmap generate", "ConfigMap", "data")]
    [InlineData("cm g", "ConfigMap", "data")]
    [InlineData("secret generate", "Secret", "stringData")]
    [InlineData("s g", "Secret", "stringData")]
    public async Task A_manifest_is_generated_that_configures_the_same_again(string command, string kind, string field)
    {
        _folder.With("CLEVER_OPERATOR_API_TOKEN", "to\"ken").With("CLEVER_OPERATOR_OPERATOR_NAMESPACES", "a,b").With("PORT", "8080");
        _folder.Write("work/config.toml", "[operator]\nkubeconfigs = ['k']\n[[clusters]]\nname = 'paris'\nkubeconfig-content = '''\nkind: Config\nusers: []\n'''\n[clusters.api]\ntoken = 'other'\n");
        var before = _folder.Load();

        var (code, output, error) = await RunAsync(command.Split(' '));

        Assert.Equal((0, ""), (code, error));
        var manifest = DocumentText.Parse(output, DocumentFormat.Yaml);
        Assert.Equal((kind, "clever-kubernetes-operator-configuration", "clever-kubernetes-operator-system"),
            ((string?)manifest["kind"], (string?)manifest["metadata"]!["name"], (string?)manifest["metadata"]!["namespace"]));
        using var other = new ConfigurationFolder();
        other.Write("work/config.toml", (string)manifest[field]!["config.toml"]!);
        other.With("PORT", "8080");
        var after = other.Load();
        Assert.Empty(after.Mistakes);
        Assert.Equal(before.Configuration!.Api, after.Configuration!.Api);
        Assert.Equal(before.InUse.Select(Plain), after.InUse.Select(Plain));
        Assert.Equal(before.Configuration.Clusters[0].KubeconfigContent, after.Configuration.Clusters[0].KubeconfigContent);

        static (string, string, string) Plain(SettingInUse setting) => (setting.Section, setting.Key, setting.Value);
    }

    [Fact]
    public async Task A_manifest_takes_name_and_namespace_and_needs_no_cluster()
    {
        var (code, output, _) = await RunAsync("cm", "g", "-n", "mine", "-N", "here");

        Assert.Equal(0, code);
        Assert.Equal("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\n  namespace: here\ndata:\n  config.toml: |\n    # nothing is configured\n", output);
        Assert.Equal(
            (2, "", "error: option --name: \"a: b\" is not allowed; allowed: lower-case letters, digits and \"-\", at most 63, with a letter or digit at both ends\n"),
            await RunAsync("cm", "g", "-n", "a: b"));
    }

    [Theory]
    [InlineData("--version", "^0\\.1\\.0")]
    [InlineData("--help", "--check")]
    [InlineData("crd list", "PostgreSQL")]
    [InlineData("settings", "`api\\.token`")]
    public async Task Version_help_and_kinds_need_no_configuration(string arguments, string expected)
    {
        var (code, output, error) = await RunAsync(arguments.Split(' '));

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(expected, output);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, _folder.Environment(), Run, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private Task<int> Run(OperatorConfiguration configuration, CommandLineOptions options, CancellationToken token)
    {
        _runs.Add((configuration, options));
        return _runThrows is null ? Task.FromResult(_runEndsWith) : Task.FromException<int>(_runThrows);
    }
}
