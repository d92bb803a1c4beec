using System.Collections;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Configuration.Texts;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class OperatorOptionsTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_default_of_the_table_is_the_default_of_the_options()
    {
        var plain = new OperatorOptions();
        foreach (var definition in SettingTable.Operator.Where(definition => definition.Default.Length > 0))
        {
            var bound = definition.Bind(plain, SettingValue.Of(definition.Default));
            Assert.NotNull(bound);
            foreach (var property in typeof(OperatorOptions).GetProperties())
            {
                Assert.True(Same(property.GetValue(plain), property.GetValue(bound)), $"{definition.Key} changes {property.Name}");
            }
        }

        static bool Same(object? one, object? other) => one is IEnumerable items and not string
            ? items.Cast<object>().SequenceEqual(((IEnumerable)other!).Cast<object>())
            : Equals(one, other);
    }

    [Fact]
    public void Every_operator_setting_reaches_its_option()
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", """
            [operator]
            listen = "[::]:8080"
            metrics-listen = "9200"
            kubeconfigs = ["a", "/b"]
            namespaces = ["shop", "blog"]
            workers = 3
            max-workers = 30
            api-rate = 7
            api-burst = 9
            resync = "1h30m"
            creation-window = "500ms"
            allowed-endpoints = ["https://a.example", "http://b.example:81"]
            lease-namespace = "leases"
            log-format = "json"
            log-level = "warning"
            status-token = "x"
            """);

        var options = _folder.Configuration().Operator;

        Assert.Equal(("[::]:8080", "127.0.0.1:9200"), (options.Listen.ToString(), options.MetricsListen.ToString()));
        Assert.Equal([_folder.PathOf("work/a"), "/b"], options.Kubeconfigs);
        Assert.Equal(["shop", "blog"], options.Namespaces);
        Assert.Equal((3, 30, TimeSpan.FromMinutes(90), TimeSpan.FromMilliseconds(500)), (options.MaxConcurrentReconciles, options.MaxConcurrentReconcilesInProcess, options.Resync, options.CreationWindow));
        Assert.Equal((7, 9), (options.ApiRate, options.ApiBurst));
        Assert.Equal([new Uri("https://a.example"), new Uri("http://b.example:81")], options.AllowedEndpoints);
        Assert.Equal(("leases", LogFormat.Json, LogLevel.Warning, "x"), (options.LeaseNamespace, options.LogFormat, options.LogLevel, options.StatusToken));
    }

    [Theory]
    [InlineData("listen", "127.0.0.1", "address:port")]
    [InlineData("listen", "example.org:80", "address:port")]
    [InlineData("listen", ":70000", "address:port")]
    [InlineData("listen", "::1:80", "address:port")]
    [InlineData("workers", "0", "a whole number from 1 to 1000")]
    [InlineData("workers", "+8", "a whole number from 1 to 1000")]
    [InlineData("resync", "10", "a duration from 100ms to 7d")]
    [InlineData("resync", "1s1h", "a duration from 100ms to 7d")]
    [InlineData("resync", "8d", "a duration from 100ms to 7d")]
    [InlineData("resync", "999999d999999h999999m", "a duration from 100ms to 7d")]
    [InlineData("namespaces", "a b", "a list of namespace names")]
    [InlineData("log-level", "loud", "trace, debug, information, warning, error")]
    [InlineData("log-format", "xml", "text, json")]
    [InlineData("allowed-endpoints", "https://a.example/v2", "a list of origins")]
    [InlineData("lease-namespace", "-a", "lower-case letters")]
    public void A_value_that_is_not_allowed_is_told_by_its_kind_with_what_is_allowed(string key, string value, string allowed)
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", $"[operator]\n{key} = \"{value}\"\n");

        Assert.StartsWith($"/work/config.toml: operator.{key}: {Disclosure.Describe(value)}, is not allowed; allowed: {allowed}", _folder.OnlyMistake(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0:9100", "127.0.0.1:9100", false)]
    [InlineData("127.0.0.1:9100", "127.0.0.1:9100", true)]
    [InlineData("127.0.0.1:0", "0.0.0.0:0", true)]
    [InlineData("127.0.0.1:9100", "127.0.0.2:9100", true)]
    public void One_port_for_both_listeners_must_be_exactly_the_same_value(string listen, string metrics, bool allowed)
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_OPERATOR_LISTEN", listen).With("CLEVER_OPERATOR_OPERATOR_METRICS_LISTEN", metrics);

        Assert.Equal(allowed, _folder.Load().Mistakes.Count == 0);
    }

    [Theory]
    [InlineData(0, LogLevel.Warning)]
    [InlineData(1, LogLevel.Debug)]
    [InlineData(2, LogLevel.Trace)]
    [InlineData(3, LogLevel.Trace)]
    public void The_option_v_wins_over_the_log_level(int verbosity, LogLevel expected)
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_OPERATOR_LOG_LEVEL", "warning");

        Assert.Equal(expected, _folder.Configuration(new() { Verbosity = verbosity }).Operator.LogLevel);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_each_with_its_source()
    {
        _folder.With("CLEVER_OPERATOR_OPERATOR_WORKERS", "many").With("CLEVER_OPERATOR_API_CONSUMER_KEY", "hidden-word");
        _folder.Write("work/config.toml", "[operator]\nresync = 'soon'\ncolour = 'red'\n");

        var result = _folder.Load();

        Assert.Null(result.Configuration);
        Assert.Equal(
            ["/work/config.toml: operator.colour", "variable CLEVER_OPERATOR_OPERATOR_WORKERS", "/work/config.toml: operator.resync", "clusters",
                "api.token, beside variable CLEVER_OPERATOR_API_CONSUMER_KEY", "api.secret, beside variable CLEVER_OPERATOR_API_CONSUMER_KEY",
                "api.consumer-secret, beside variable CLEVER_OPERATOR_API_CONSUMER_KEY"],
            result.Mistakes.Select(mistake => mistake.Source.Replace(_folder.PathOf("work"), "/work", StringComparison.Ordinal)));
        Assert.All(result.Mistakes, mistake => Assert.DoesNotContain("hidden-word", mistake.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_in_use_is_listed_with_its_source_and_secrets_are_masked()
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_API_TOKEN", "hidden-word").With("CLEVER_OPERATOR_CLUSTERS_PARIS_API_TOKEN", "hidden-word");

        var result = _folder.Load();

        Assert.Contains(new SettingInUse("api", "token", "***", "variable CLEVER_OPERATOR_API_TOKEN"), result.InUse);
        Assert.Contains(new SettingInUse("api", "endpoint", "https://api-bridge.clever-cloud.com", "default"), result.InUse);
        Assert.Contains(new SettingInUse("operator", "workers", "8", "default"), result.InUse);
        Assert.Contains(new SettingInUse("clusters.paris", "kubeconfig-content", "***", "variable CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG"), result.InUse);
        Assert.Contains(new SettingInUse("clusters.paris.api", "token", "***", "variable CLEVER_OPERATOR_CLUSTERS_PARIS_API_TOKEN"), result.InUse);
        Assert.DoesNotContain(result.InUse, setting => setting.ToString().Contains("hidden-word", StringComparison.Ordinal));
        Assert.DoesNotContain("hidden-word", result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(result.Given, setting => setting.ToString().Contains("hidden-word", StringComparison.Ordinal));
    }

    [Fact]
    public void Scrubbing_removes_the_operators_variables_from_this_process_and_no_others()
    {
        Environment.SetEnvironmentVariable("CLEVER_OPERATOR_API_TOKEN", "x");
        Environment.SetEnvironmentVariable("CLEVER_TEST_KEPT", "x");

        ProcessEnvironment.ScrubEnvironment();

        var variables = ProcessEnvironment.OfThisProcess().Variables;
        Assert.DoesNotContain("CLEVER_OPERATOR_API_TOKEN", variables.Keys);
        Assert.Equal("x", variables["CLEVER_TEST_KEPT"]);
        Environment.SetEnvironmentVariable("CLEVER_TEST_KEPT", null);
    }
}
