using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Tests.Configuration;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Tests.Commands;

/// <summary>What the words of a command line do, and how it ends.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly CommandLineWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Without_a_command_the_operator_runs_with_what_was_configured()
    {
        _world.Folder.WithCluster();
        _world.RunEndsWith = 1;

        var (code, output, error) = await _world.RunAsync("-vv", "--no-lease");

        Assert.Equal((1, "", ""), (code, output, error));
        var configuration = Assert.Single(_world.Runs);
        Assert.Equal(("paris", LogLevel.Trace, true), (configuration.Clusters[0].Name, configuration.Operator.LogLevel, configuration.Operator.NoLease));
    }

    [Theory]
    [InlineData("-v", LogLevel.Debug)]
    [InlineData("-v -v", LogLevel.Trace)]
    [InlineData("-vvv", LogLevel.Trace)]
    [InlineData("--verbose", LogLevel.Debug)]
    public async Task The_option_v_may_be_repeated(string arguments, LogLevel expected)
    {
        _world.Folder.WithCluster();

        await _world.RunAsync(arguments.Split(' '));

        Assert.Equal(expected, Assert.Single(_world.Runs).Operator.LogLevel);
    }

    [Fact]
    public async Task Mistakes_are_lines_on_standard_error_and_nothing_runs()
    {
        _world.Folder.With("CLEVER_OPERATOR_OPERATOR_WORKERS", "many");

        var (code, output, error) = await _world.RunAsync();

        Assert.Equal((2, ""), (code, output));
        Assert.Empty(_world.Runs);
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal("error: variable CLEVER_OPERATOR_OPERATOR_WORKERS: a text, 4 characters, is not allowed; allowed: a whole number from 1 to 1000", lines[0]);
        Assert.StartsWith("error: clusters: no cluster configured; allowed: ", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task A_configuration_file_that_cannot_be_read_is_the_only_mistake_whatever_would_stand_in_it()
    {
        var (code, _, error) = await _world.RunAsync("--config", "none.toml");

        Assert.Equal((2, $"error: {_world.Folder.PathOf("work/none.toml")}: the configuration file does not exist\n"), (code, error));
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("nonsense")]
    [InlineData("--config")]
    public async Task A_wrong_command_line_is_a_line_and_exit_code_2(string argument)
    {
        _world.Folder.WithCluster();

        var (code, output, error) = await _world.RunAsync(argument);

        Assert.Equal((2, ""), (code, output));
        Assert.All(error.TrimEnd().Split('\n'), line => Assert.StartsWith("error: command line: ", line, StringComparison.Ordinal));
        Assert.Empty(_world.Runs);
    }

    [Fact]
    public async Task A_failure_while_running_is_one_line_and_exit_code_1()
    {
        _world.Folder.WithCluster();
        _world.RunThrows = new IOException("address in use");

        Assert.Equal((1, "", "error: IOException: address in use\n"), await _world.RunAsync());
    }

    [Fact]
    public async Task A_variable_that_holds_no_kubeconfig_does_not_keep_the_other_clusters_from_being_served()
    {
        _world.Folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig).With("CLEVER_OPERATOR_CLUSTERS_LYON_KUBECONFIG", "just text");

        Assert.Equal((0, "", ""), await _world.RunAsync());

        Assert.Equal(["lyon", "paris"], Assert.Single(_world.Runs).Clusters.Select(cluster => cluster.Name));
    }

    [Theory]
    [InlineData("configmap generate", "ConfigMap", "data")]
    [InlineData("cm g", "ConfigMap", "data")]
    [InlineData("secret generate", "Secret", "stringData")]
    [InlineData("s g", "Secret", "stringData")]
    public async Task A_manifest_is_generated_that_configures_the_same_again(string command, string kind, string field)
    {
        _world.Folder.With("CLEVER_OPERATOR_API_TOKEN", "to\"ken").With("CLEVER_OPERATOR_OPERATOR_NAMESPACES", "a,b").With("PORT", "8080");
        _world.Folder.Write("work/config.toml", "[operator]\nkubeconfigs = ['k']\n[[clusters]]\nname = 'paris'\nkubeconfig-content = '''\nkind: Config\nusers: []\n'''\n[clusters.api]\ntoken = 'other'\n");
        var before = _world.Folder.Load();

        var (code, output, error) = await _world.RunAsync(command.Split(' '));

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
        var (code, output, _) = await _world.RunAsync("cm", "g", "-n", "mine", "-N", "here");

        Assert.Equal(0, code);
        Assert.Equal("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\n  namespace: here\ndata:\n  config.toml: |\n    # nothing is configured\n", output);
        Assert.Equal(
            (2, "", "error: option --name: \"a: b\" is not allowed; allowed: lower-case letters, digits and \"-\", at most 63, with a letter or digit at both ends\n"),
            await _world.RunAsync("cm", "g", "-n", "a: b"));
    }

    [Theory]
    [InlineData("--version", "^0\\.1\\.0")]
    [InlineData("--help", "--check")]
    [InlineData("crd list", "PostgreSQL")]
    [InlineData("settings", "`api\\.token`")]
    public async Task Version_help_and_kinds_need_no_configuration(string arguments, string expected)
    {
        var (code, output, error) = await _world.RunAsync(arguments.Split(' '));

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(expected, output);
    }
}
