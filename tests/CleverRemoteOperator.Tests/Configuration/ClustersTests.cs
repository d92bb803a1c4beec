using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class ClustersTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_cluster_of_a_file_has_its_path_beside_that_file_and_credentials_of_its_own()
    {
        var file = _folder.Write("etc/clever-remote-operator/config.toml", """
            [[clusters]]
            name = "paris"
            kubeconfig = "kube/paris.yaml"
            namespaces = ["shop"]
            [clusters.api]
            token = "t"
            [[clusters]]
            name = "home"
            kubeconfig = "~/kube/config"
            """);

        var clusters = _folder.Configuration().Clusters;

        Assert.Equal(
            [_folder.PathOf("etc/clever-remote-operator/kube/paris.yaml"), _folder.PathOf("home/kube/config")],
            clusters.Select(cluster => cluster.KubeconfigPath));
        Assert.Equal(("t", true), (clusters[0].Api!.Token, clusters[0].Api!.IsBearer));
        Assert.Equal($"{file}: clusters[0].name", clusters[0].Source);
        Assert.Null(clusters[1].Api);
        Assert.Null(clusters[1].Namespaces);
    }

    [Theory]
    [InlineData("name = 'a'\nkubeconfig = 'x'\n[[clusters]]\nname = 'a'\nkubeconfig = 'y'", "clusters[1].name: cluster a is already defined at ")]
    [InlineData("kubeconfig = 'x'", "clusters[0].name: missing; every cluster needs a name")]
    [InlineData("name = 'Paris'\nkubeconfig = 'x'", "clusters[0].name: a text, 5 characters, is not a valid name; allowed: lower-case letters")]
    [InlineData("name = 'a'", "clusters[0].name: cluster a has no kubeconfig; allowed: one of kubeconfig")]
    [InlineData("name = 'a'\nkubeconfig = 'x'\nin-cluster = true", "clusters[0].name: cluster a has several kubeconfigs; allowed: one of")]
    [InlineData("name = 'a'\nkubeconfig = 'x'\nnamespaces = ['Shop']", "clusters[0].namespaces: a text, 4 characters, is not allowed; allowed: a list of namespace names")]
    [InlineData("name = 'a'\nkubeconfig = 'x'\nnamespaces = ['*', 'shop']", "clusters[0].namespaces: a text, 7 characters, is not allowed")]
    [InlineData("name = 'a'\nkubeconfig = 'x'\nallow-exec = 'perhaps'", "clusters[0].allow-exec: a text, 7 characters, is not allowed; allowed: true, false")]
    [InlineData("name = 'a'\nkubeconfig = 'x'\n[clusters.api]\nsecret = 's'", "clusters.a.api.token, beside ")]
    public void A_cluster_that_is_wrong_is_one_clear_line(string entry, string expected)
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", "[[clusters]]\n" + entry);

        Assert.Contains(expected, _folder.OnlyMistake(), StringComparison.Ordinal);
    }

    [Fact]
    public void Kubeconfig_files_and_folders_are_clusters_named_like_the_files()
    {
        _folder.Write("work/kube/paris.yaml", "x");
        _folder.Write("work/kube/montreal", "x");
        _folder.Write("work/kube/README.md", "x");
        _folder.Write("work/kube/.hidden", "x");
        _folder.Write("work/kube/Bad Name.yaml", "x");
        _folder.Write("work/tokyo.kubeconfig", "x");
        _folder.With("CLEVER_OPERATOR_KUBECONFIGS", $"kube:{_folder.PathOf("work/tokyo.kubeconfig")}:none");

        var options = _folder.Configuration().Operator;
        var (clusters, mistakes) = KubeconfigFiles.Expand(options.Kubeconfigs);

        Assert.Equal(["montreal", "paris", "tokyo"], clusters.Select(cluster => cluster.Name));
        Assert.Equal([_folder.PathOf("work/kube/Bad Name.yaml"), _folder.PathOf("work/none")], mistakes.Select(mistake => mistake.Source));
    }

    [Fact]
    public void The_folder_kubeconfigs_is_used_where_it_exists_also_beside_other_clusters()
    {
        _folder.WithCluster();
        _folder.Write("work/kubeconfigs/montreal.yaml", "x");

        var configuration = _folder.Configuration();

        Assert.Equal([_folder.PathOf("work/kubeconfigs")], configuration.Operator.Kubeconfigs);
        Assert.Equal(["paris"], configuration.Clusters.Select(cluster => cluster.Name));
    }

    [Fact]
    public void A_file_named_like_another_cluster_is_left_out_naming_both_and_stops_nothing_else()
    {
        _folder.WithCluster();
        var (first, second) = (_folder.Write("work/kubeconfigs/montreal.yaml", "x"), _folder.Write("work/kubeconfigs/montreal.yml", "x"));
        var taken = _folder.Write("work/kubeconfigs/paris.yaml", "x");

        var (clusters, mistakes) = ConfiguredClusters.Now(_folder.Configuration());

        Assert.Equal(["paris", "montreal"], clusters.Select(cluster => cluster.Name));
        Assert.Equal(
            [
                $"{second}: cluster montreal is already defined by {first}; allowed: each name once",
                $"{taken}: cluster paris is already defined by variable CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG; allowed: each name once",
            ],
            mistakes.Select(mistake => mistake.ToString()));
    }

    [Fact]
    public void Variables_of_its_name_are_settings_of_a_file_in_a_folder()
    {
        var file = _folder.Write("work/kubeconfigs/new-york.yaml", "x");
        _folder.Write("work/kubeconfigs/paris.yaml", "x");
        _folder.With("CLEVER_OPERATOR_CLUSTERS_NEW_YORK_NAMESPACES", "shop,blog").With("CLEVER_OPERATOR_CLUSTERS_NEW_YORK_ALLOW_EXEC", "true")
            .With("CLEVER_OPERATOR_CLUSTERS_NEW_YORK_API_TOKEN", "t").With("CLEVER_OPERATOR_CLUSTERS_NEW_YORK_EXEC_ENVIRONMENT", "AWS_*,KRB5CCNAME");
        _folder.Write("work/config.toml", "[[clusters]]\nname = 'paris'\nallow-files = true");

        var (clusters, mistakes) = ConfiguredClusters.Now(_folder.Configuration());

        Assert.Empty(mistakes);
        var (york, paris) = (clusters[0], clusters[1]);
        Assert.Equal((file, file, true, "t"), (york.KubeconfigPath, york.Source, york.AllowExec, york.Api!.Token));
        Assert.Equal(["shop", "blog"], york.Namespaces);
        Assert.Equal(["AWS_*", "KRB5CCNAME"], york.ExecEnvironment);
        Assert.Equal((true, false, null), (paris.AllowFiles, paris.AllowExec, paris.Namespaces));
    }

    [Fact]
    public void Settings_for_a_file_that_is_not_there_yet_are_told_and_stop_nothing_else()
    {
        _folder.Write("work/kubeconfigs/paris.yaml", "x");
        _folder.With("CLEVER_OPERATOR_CLUSTERS_PARSI_NAMESPACES", "shop");
        var configuration = _folder.Configuration();

        var (clusters, mistakes) = ConfiguredClusters.Now(configuration);

        Assert.Equal(["paris"], clusters.Select(cluster => cluster.Name));
        Assert.Equal(
            "variable CLEVER_OPERATOR_CLUSTERS_PARSI_NAMESPACES: cluster parsi has no kubeconfig; allowed: one of kubeconfig (a path), kubeconfig-content, in-cluster = true, or a file parsi.yaml among the kubeconfigs",
            Assert.Single(mistakes).ToString());
        _folder.Write("work/kubeconfigs/parsi.yaml", "x");
        (clusters, mistakes) = ConfiguredClusters.Now(configuration);
        Assert.Empty(mistakes);
        Assert.Equal(["shop"], clusters[1].Namespaces);
    }

    [Theory]
    [InlineData("AWS PROFILE")]
    [InlineData("A*B")]
    public void A_variable_to_pass_on_must_be_the_name_of_one(string name)
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_CLUSTERS_PARIS_EXEC_ENVIRONMENT", name);

        Assert.EndsWith("is not allowed; allowed: a list of names of variables such as AWS_PROFILE, or AWS_* for all that start so", _folder.OnlyMistake(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_of_a_folder_is_no_cluster_and_a_link_is_as_long_as_what_it_leads_to()
    {
        var empty = _folder.Write("work/kubeconfigs/empty.yaml", "");
        File.CreateSymbolicLink(_folder.PathOf("work/kubeconfigs/linked.yaml"), _folder.Write("work/mounted/linked.yaml", "x"));

        var (clusters, mistakes) = ConfiguredClusters.Now(_folder.Configuration());

        Assert.Equal(["linked"], clusters.Select(cluster => cluster.Name));
        Assert.Equal([$"{empty}: is empty; allowed: a kubeconfig"], mistakes.Select(mistake => mistake.ToString()));
    }

    [Fact]
    public void The_option_kubeconfig_is_the_cluster_default_and_leaves_the_folder_alone()
    {
        _folder.Write("work/kubeconfigs/montreal.yaml", "x");
        var path = _folder.Write("work/mine", "x");

        var configuration = _folder.Configuration(new() { KubeconfigPath = "mine" });

        Assert.Equal(("default", path, "option --kubeconfig"), (configuration.Clusters[0].Name, configuration.Clusters[0].KubeconfigPath, configuration.Clusters[0].Source));
        Assert.Empty(configuration.Operator.Kubeconfigs);
    }

    [Fact]
    public void The_variable_kubeconfig_is_used_when_nothing_else_names_a_cluster()
    {
        var path = _folder.Write("home/.kube/config", "x");
        _folder.With("KUBECONFIG", path).With("CLEVER_OPERATOR_CLUSTERS_DEFAULT_ALLOW_FILES", "true");

        var cluster = Assert.Single(_folder.Configuration().Clusters);
        Assert.Equal(("default", path, true), (cluster.Name, cluster.KubeconfigPath, cluster.AllowFiles));

        _folder.Variables.Remove("CLEVER_OPERATOR_CLUSTERS_DEFAULT_ALLOW_FILES");
        _folder.WithCluster();
        Assert.Equal("paris", Assert.Single(_folder.Configuration().Clusters).Name);
    }

    [Fact]
    public void Several_files_in_the_variable_kubeconfig_are_a_mistake()
    {
        _folder.With("KUBECONFIG", "/a:/b");

        Assert.StartsWith("variable KUBECONFIG: names several files; allowed: one.", _folder.OnlyMistake(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_with_nothing_else_serves_its_own_cluster()
    {
        _folder.With("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        _folder.Write("var/run/secrets/kubernetes.io/serviceaccount/token", "x");

        var cluster = Assert.Single(_folder.Configuration().Clusters);

        Assert.Equal(("in-cluster", true), (cluster.Name, cluster.InCluster));
    }

    [Fact]
    public void No_cluster_at_all_is_a_mistake_that_lists_every_way_to_give_one()
    {
        _folder.Write("home/.kube/config", "x");
        Directory.CreateDirectory(_folder.PathOf("work/kubeconfigs"));

        var mistake = _folder.OnlyMistake();

        Assert.StartsWith("clusters: no cluster configured; allowed: ", mistake, StringComparison.Ordinal);
        Assert.All(["[[clusters]]", "CLEVER_OPERATOR_CLUSTERS_<NAME>_KUBECONFIG", "./kubeconfigs", "CLEVER_OPERATOR_KUBECONFIGS", "--kubeconfig", "KUBECONFIG", "pod", "~/.kube/config is never used"],
            way => Assert.Contains(way, mistake, StringComparison.Ordinal));
    }
}
