using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Tests.Configuration;

/// <summary>The settings that say who owns an add-on, and what may be deleted.</summary>
public sealed class OwnershipSettingsTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Those_of_the_operator_reach_their_options()
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", """
            [operator]
            cluster-name = "home"
            fleet = "europe"
            addon-names = "reference"
            allowed-organisations = ["orga_1", "user_2"]
            deletion-policy = "retain"
            deletion-protection = true
            require-namespace-credentials = true
            credentials-grace = "5s"
            max-deletions = 3
            max-cluster-deletions = 0
            """);

        var options = _folder.Configuration().Operator;

        Assert.Equal(("home", "europe", AddonNames.Reference), (options.ClusterName, options.Fleet, options.AddonNames));
        Assert.Equal(["orga_1", "user_2"], options.AllowedOrganisations);
        Assert.Equal((DeletionPolicy.Retain, true, true), (options.DeletionPolicy, options.DeletionProtection, options.RequireNamespaceCredentials));
        Assert.Equal((TimeSpan.FromSeconds(5), 3, 0), (options.CredentialsGrace, options.MaxDeletions, options.MaxClusterDeletions));
    }

    [Fact]
    public void Those_of_a_cluster_reach_it_from_variables_and_what_is_not_given_is_absent()
    {
        _folder.WithCluster();
        var plain = Assert.Single(_folder.Configuration().Clusters);
        Assert.Equal((false, null, null, null, null), (plain.Takeover, plain.AllowedOrganisations, plain.DeletionPolicy, plain.DeletionProtection, plain.RequireNamespaceCredentials));
        Assert.Empty(plain.Formerly);

        const string paris = "CLEVER_OPERATOR_CLUSTERS_PARIS_";
        _folder.With(paris + "FORMERLY", "old, north.older").With(paris + "TAKEOVER", "true").With(paris + "ALLOWED_ORGANISATIONS", "orga_1")
            .With(paris + "DELETION_POLICY", "RETAIN").With(paris + "DELETION_PROTECTION", "false").With(paris + "REQUIRE_NAMESPACE_CREDENTIALS", "true");
        var cluster = Assert.Single(_folder.Configuration().Clusters);

        Assert.Equal(["old", "north.older"], cluster.Formerly);
        Assert.Equal(["orga_1"], cluster.AllowedOrganisations!);
        Assert.Equal((true, DeletionPolicy.Retain, false, true), (cluster.Takeover, cluster.DeletionPolicy, cluster.DeletionProtection, cluster.RequireNamespaceCredentials));
    }

    [Theory]
    [InlineData("fleet = 'A b'", "lower-case letters")]
    [InlineData("addon-names = 'mine'", "own, reference")]
    [InlineData("deletion-policy = 'Keep'", "Delete, Retain")]
    [InlineData("allowed-organisations = ['orga 1']", "a list of identifiers")]
    [InlineData("max-deletions = -1", "a whole number from 0")]
    public void What_is_not_allowed_is_told(string line, string allowed)
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", "[operator]\n" + line);

        Assert.Contains($"is not allowed; allowed: {allowed}", _folder.OnlyMistake(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "['paris']", "[]", "formerly of cluster paris names the cluster itself")]
    [InlineData("", "['lyon']", "[]", "formerly of cluster paris names the cluster lyon (")]
    [InlineData("", "['old']", "['old']", "formerly of cluster lyon names old, as that of cluster paris (")]
    [InlineData("", "['a.b.c']", "[]", "is not allowed; allowed: a list of names of clusters")]
    [InlineData("fleet = 'north'", "['north.paris']", "[]", "formerly of cluster paris names the cluster itself")]
    [InlineData("fleet = 'north'", "['north.lyon']", "[]", "formerly of cluster paris names the cluster lyon (")]
    [InlineData("fleet = 'north'", "['lyon']", "[]", "formerly of cluster paris names the cluster lyon (")]
    [InlineData("fleet = 'north'", "['old']", "['north.old']", "formerly of cluster lyon names north.old, as that of cluster paris (")]
    public void A_former_name_belongs_to_one_cluster(string fleet, string paris, string lyon, string expected)
    {
        _folder.Write("work/config.toml", $"[operator]\n{fleet}\n[[clusters]]\nname = 'paris'\nkubeconfig = 'x'\nformerly = {paris}\n[[clusters]]\nname = 'lyon'\nkubeconfig = 'x'\nformerly = {lyon}");

        Assert.Contains(expected, _folder.OnlyMistake(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kubeconfig_file_named_like_what_a_cluster_was_is_left_out()
    {
        _folder.WithCluster().With("CLEVER_OPERATOR_CLUSTERS_PARIS_FORMERLY", "old");
        var file = _folder.Write("work/kubeconfigs/old.yaml", "x");

        var (clusters, mistakes) = ConfiguredClusters.Now(_folder.Configuration());

        Assert.Equal(["paris"], clusters.Select(cluster => cluster.Name));
        Assert.StartsWith($"{file}: cluster old is what paris (", Assert.Single(mistakes).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "paris", "old north.older", "old north.older")]
    [InlineData("north", "north.paris", "old north.older paris", "north.old old north.older paris")]
    public void What_add_ons_bear_is_the_name_with_the_fleet(string? fleet, string owner, string formerly, string former)
    {
        var options = new ClusterOptions { Name = "paris", Source = "test", Formerly = formerly.Split(' ') };
        var definition = new ClusterDefinition(new ClusterId("paris"), options, null, ["*"]) { Fleet = fleet };

        Assert.Equal(owner, definition.OwnerName);
        Assert.Equal(former.Split(' '), definition.FormerOwnerNames);
    }

    [Fact]
    public void A_change_of_any_of_them_is_seen()
    {
        var options = new ClusterOptions { Name = "paris", Source = "test" };
        var plain = new ClusterDefinition(new ClusterId("paris"), options, null, ["*"]);
        ClusterDefinition[] changed =
        [
            plain with { Fleet = "north" },
            .. new[]
            {
                options with { Formerly = ["old"] }, options with { Takeover = true }, options with { AllowedOrganisations = [] }, options with { AllowedOrganisations = ["orga_1"] },
                options with { DeletionPolicy = DeletionPolicy.Delete }, options with { DeletionProtection = false }, options with { RequireNamespaceCredentials = false },
            }.Select(other => plain with { Options = other }),
        ];

        Assert.Equal(changed.Length + 1, changed.Append(plain).Select(definition => definition.Fingerprint).Distinct().Count());
    }

    [Fact]
    public void The_pods_own_cluster_is_called_as_the_operator_says_and_takes_the_settings_of_that_name()
    {
        _folder.With("KUBERNETES_SERVICE_HOST", "10.0.0.1").With("CLEVER_OPERATOR_OPERATOR_CLUSTER_NAME", "home").With("CLEVER_OPERATOR_CLUSTERS_HOME_NAMESPACES", "shop");
        _folder.Write("var/run/secrets/kubernetes.io/serviceaccount/token", "x");

        var cluster = Assert.Single(_folder.Configuration().Clusters);

        Assert.Equal(("home", true), (cluster.Name, cluster.InCluster));
        Assert.Equal(["shop"], cluster.Namespaces!);
    }
}
