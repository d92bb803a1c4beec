using System.Text;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class EnvironmentSettingsTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Variables_win_over_files()
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_OPERATOR_WORKERS", "7").With("CLEVER_OPERATOR_API_TOKEN", "from-variable");
        _folder.Write("work/config.toml", "[api]\ntoken = 'from-file'\norganisation = 'orga_1'\n[operator]\nworkers = 1\n");

        var configuration = _folder.Configuration();

        Assert.Equal(("from-variable", "orga_1", 7), (configuration.Api!.Token, configuration.Api.Organisation, configuration.Operator.MaxConcurrentReconciles));
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set()
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_API_TOKEN", " ");
        _folder.Write("work/config.toml", "[api]\ntoken = 'from-file'\n");

        Assert.Equal("from-file", _folder.Configuration().Api!.Token);
    }

    [Fact]
    public void A_cluster_is_configured_by_variables_alone()
    {
        _folder.With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_KUBECONFIG", ConfigurationFolder.MinimalKubeconfig)
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_CONTEXT", "admin")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_NAMESPACES", "shop, blog")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_ALLOW_EXEC", "true")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_ALLOW_FILES", "true")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_ALLOW_INSECURE", "true")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_API_ENDPOINT", "http://127.0.0.1:1234/v2")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_API_TOKEN", "t")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_API_SECRET", "s")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_API_CONSUMER_KEY", "k")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_API_CONSUMER_SECRET", "c")
            .With("CLEVER_OPERATOR_CLUSTERS_EU_WEST_API_ORGANISATION", "orga_1");

        var cluster = Assert.Single(_folder.Configuration().Clusters);

        Assert.Equal(("eu-west", "admin", "shop,blog"), (cluster.Name, cluster.Context, string.Join(',', cluster.Namespaces!)));
        Assert.True(cluster is { AllowExec: true, AllowFiles: true, AllowInsecure: true, InCluster: false, KubeconfigPath: null });
        Assert.Equal(new CleverCredentials(new("http://127.0.0.1:1234"), "t", "s", "k", "c", "orga_1"), cluster.Api);
        Assert.Equal(ConfigurationFolder.MinimalKubeconfig, cluster.KubeconfigContent);
    }

    [Fact]
    public void A_kubeconfig_in_a_variable_may_be_base64_even_twice()
    {
        static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        _folder.With("CLEVER_OPERATOR_CLUSTERS_ONCE_KUBECONFIG", Encode(ConfigurationFolder.MinimalKubeconfig))
            .With("CLEVER_OPERATOR_CLUSTERS_TWICE_KUBECONFIG", Encode(Encode(ConfigurationFolder.MinimalKubeconfig)));

        Assert.All(_folder.Configuration().Clusters, cluster => Assert.Equal(ConfigurationFolder.MinimalKubeconfig, cluster.KubeconfigContent));
    }

    [Fact]
    public void A_byte_order_mark_in_front_of_a_kubeconfig_is_dropped_also_within_base64()
    {
        const string marked = "\uFEFF" + ConfigurationFolder.MinimalKubeconfig;
        _folder.With("CLEVER_OPERATOR_CLUSTERS_PLAIN_KUBECONFIG", marked)
            .With("CLEVER_OPERATOR_CLUSTERS_CODED_KUBECONFIG", Convert.ToBase64String(Encoding.UTF8.GetBytes(marked), Base64FormattingOptions.InsertLineBreaks));

        Assert.All(_folder.Configuration().Clusters, cluster => Assert.Equal(ConfigurationFolder.MinimalKubeconfig, cluster.KubeconfigContent));
    }

    [Theory]
    [InlineData("CLEVER_OPERATOR_API_TOKN", "unknown variable; did you mean CLEVER_OPERATOR_API_TOKEN?")]
    [InlineData("CLEVER_OPERATOR_KUBECONFIG", "unknown variable; did you mean CLEVER_OPERATOR_KUBECONFIGS?")]
    [InlineData("CLEVER_OPERATOR_CLUSTERS_EU_WEST_KUBECONFG", "unknown variable; did you mean CLEVER_OPERATOR_CLUSTERS_EU_WEST_KUBECONFIG?")]
    [InlineData("CLEVER_OPERATOR_CLUSTERS__KUBECONFIG", "no cluster name before _KUBECONFIG; allowed: capital letters, digits and \"_\" (for \"-\"), at most 63")]
    public void An_unknown_variable_is_a_mistake(string name, string expected)
    {
        _folder.WithCluster().With(name, "hidden-word");

        Assert.Equal($"variable {name}: {expected}", _folder.OnlyMistake());
    }

    [Fact]
    public void Variables_kubernetes_sets_for_a_service_are_left_alone_in_a_pod()
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_SERVICE_HOST", "10.0.0.1").With("CLEVER_OPERATOR_PORT_8000_TCP_ADDR", "10.0.0.1");
        Assert.Equal(2, _folder.Load().Mistakes.Count);

        _folder.With("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        Assert.Empty(_folder.Load().Mistakes);
    }

    [Fact]
    public void A_variable_overrides_keys_of_a_cluster_in_a_file()
    {
        _folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_CONTEXT", "second");
        _folder.Write("work/config.toml", "[[clusters]]\nname = 'paris'\nkubeconfig = 'paris.yaml'\ncontext = 'first'\nallow-exec = true\n");

        var cluster = Assert.Single(_folder.Configuration().Clusters);

        Assert.Equal(("second", true, _folder.PathOf("work/paris.yaml")), (cluster.Context, cluster.AllowExec, cluster.KubeconfigPath));
    }

    [Fact]
    public void A_kubeconfig_in_a_variable_takes_the_place_of_a_path_in_a_file()
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", "[[clusters]]\nname = 'paris'\nkubeconfig = 'paris.yaml'\n");

        var cluster = Assert.Single(_folder.Configuration().Clusters);

        Assert.Equal((null, ConfigurationFolder.MinimalKubeconfig), (cluster.KubeconfigPath, cluster.KubeconfigContent));
    }

    [Theory]
    [InlineData(null, "0.0.0.0:8000")]
    [InlineData("8080", "0.0.0.0:8080")]
    public void The_variable_port_gives_the_default_of_listen(string? port, string expected)
    {
        _folder.WithCluster();
        if (port is not null)
        {
            _folder.With("PORT", port);
        }

        Assert.Equal(expected, _folder.Configuration().Operator.Listen.ToString());
    }

    [Fact]
    public void Listen_wins_over_the_variable_port()
    {
        _folder.WithCluster().With("PORT", "8080").With("CLEVER_OPERATOR_OPERATOR_LISTEN", "127.0.0.1:0");

        Assert.Equal("127.0.0.1:0", _folder.Configuration().Operator.Listen.ToString());
    }

    [Fact]
    public void A_port_that_is_none_is_a_mistake()
    {
        _folder.WithCluster().With("PORT", "http");

        Assert.StartsWith("variable PORT: a text, 12 characters, is not allowed; allowed: address:port", _folder.OnlyMistake(), StringComparison.Ordinal);
    }
}
