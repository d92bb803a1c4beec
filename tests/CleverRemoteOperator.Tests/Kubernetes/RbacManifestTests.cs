using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.Credentials;
using YamlDotNet.RepresentationModel;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class RbacManifestTests
{
    [Theory]
    [InlineData("rbac/cluster-wide.yaml", true, "default", false)]
    [InlineData("rbac/cluster-wide-no-secret-list.yaml", false, "default", false)]
    [InlineData("rbac/namespace.yaml", true, "default", true)]
    [InlineData("rbac/namespace-no-secret-list.yaml", false, "default", true)]
    [InlineData("kubernetes/10-rbac.yaml", true, RbacManifest.SystemNamespace, false)]
    public void The_files_of_the_repository_are_what_the_code_renders(string file, bool mayListSecrets, string leaseNamespace, bool isNamespaced)
    {
        var manifest = new RbacManifest(mayListSecrets);

        var expected = isNamespaced ? manifest.PerNamespace(["default"], leaseNamespace) : manifest.ClusterWide(leaseNamespace);

        Assert.Equal(expected, File.ReadAllText(RepositoryFiles.Path("deployments", file)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Workloads_are_nobody_s_business_unless_it_is_asked_for(bool mayListSecrets)
    {
        var manifest = new RbacManifest(mayListSecrets);

        Assert.DoesNotContain("apps", manifest.ClusterWide("default") + manifest.PerNamespace(["shop"], "shop") + RbacManifest.ServiceBinding(), StringComparison.Ordinal);
        Assert.Equal(RbacManifest.Restart([]), File.ReadAllText(RepositoryFiles.Path("deployments", "rbac", "restart.yaml")));
    }

    [Fact]
    public void What_may_be_restarted_is_in_the_namespaces_that_are_named_and_may_not_be_deleted()
    {
        var documents = Documents(RbacManifest.Restart(["shop", "blog"]));

        Assert.Equal(["Role shop", "RoleBinding shop", "Role blog", "RoleBinding blog"], documents.Select(document => $"{document["kind"]} {document["metadata"]["namespace"]}"));
        var rule = Assert.Single((YamlSequenceNode)documents[0]["rules"]);
        Assert.Equal(["get", "list", "patch"], Items(rule["verbs"]));
        Assert.Equal(["daemonsets", "deployments", "statefulsets"], Items(rule["resources"]));
        Assert.Equal(["apps"], Items(rule["apiGroups"]));
    }

    [Fact]
    public void Service_Binding_implementations_may_read_every_kind_and_nothing_else()
    {
        Assert.Equal(RbacManifest.ServiceBinding(), File.ReadAllText(RepositoryFiles.Path("deployments", "rbac", "service-binding.yaml")));
        var role = Assert.Single(Documents(RbacManifest.ServiceBinding()));
        Assert.Equal("true", role["metadata"]["labels"]["servicebinding.io/controller"].ToString());
        Assert.All((YamlSequenceNode)role["rules"], rule => Assert.Equal(["get", "list", "watch"], Items(rule["verbs"])));
        Assert.Equal(
            AddonCatalog.All.SelectMany(kind => kind.Groups, (kind, group) => $"{group}/{kind.Plural}").Order(StringComparer.Ordinal),
            ((YamlSequenceNode)role["rules"]).SelectMany(rule => Items(rule["resources"]).Select(plural => $"{rule["apiGroups"][0]}/{plural}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_is_covered_in_every_group_it_is_served_in()
    {
        var rules = RbacRules.InServedNamespaces(mayListSecrets: true).ToList();

        foreach (var (plural, group) in AddonCatalog.All.SelectMany(kind => kind.Groups, (kind, group) => (kind.Plural, group)))
        {
            Assert.Contains(rules, rule => rule.Rule.ApiGroups.Contains(group) && rule.Rule.Resources.Contains(plural) && rule.Rule.Verbs.SequenceEqual(["get", "list", "watch", "patch"]));
            Assert.Contains(rules, rule => rule.Rule.ApiGroups.Contains(group) && rule.Rule.Resources.Contains($"{plural}/status") && rule.Rule.Verbs.SequenceEqual(["patch"]));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_granted_that_could_delete_or_reach_everything(bool mayListSecrets)
    {
        var rules = RbacRules.InServedNamespaces(mayListSecrets).Concat(RbacRules.InLeaseNamespace()).ToList();

        Assert.DoesNotContain(rules, rule => rule.Rule.Verbs.Intersect(["*", "delete", "deletecollection", "impersonate", "escalate", "bind"]).Any());
        Assert.DoesNotContain(rules, rule => rule.Rule.Resources.Concat(rule.Rule.ApiGroups).Contains("*"));
    }

    [Fact]
    public void Without_listing_Secrets_only_the_credential_Secret_may_be_listed()
    {
        var rule = Assert.Single(
            RbacRules.InServedNamespaces(mayListSecrets: false),
            rule => rule.Rule.Resources.Contains("secrets") && rule.Rule.Verbs.Contains("list"));

        Assert.Equal([CredentialSecret.SecretName], rule.Rule.ResourceNames);
    }

    [Fact]
    public void Each_namespace_gets_a_role_of_its_own_and_the_Lease_one_more()
    {
        var documents = Documents(new RbacManifest().PerNamespace(["shop", "blog"], "shop"));

        var roles = documents.Where(document => document["kind"].ToString() == "Role")
            .Select(document => $"{document["metadata"]["namespace"]}/{document["metadata"]["name"]}");
        Assert.Equal(["shop/clever-remote-operator", "blog/clever-remote-operator", "shop/clever-remote-operator-lease"], roles);
    }

    [Fact]
    public void A_manifest_for_namespaces_gives_nothing_beyond_them_but_the_right_to_read_our_definitions_by_name()
    {
        var documents = Documents(new RbacManifest().PerNamespace(["shop", "blog"], "shop"));

        var beyond = documents.Where(document => document is not YamlMappingNode { Children: var fields } || !((YamlMappingNode)fields["metadata"]).Children.ContainsKey("namespace"))
            .Select(document => $"{document["kind"]} {document["metadata"]["name"]}");
        Assert.Equal(
            [
                $"Namespace {RbacManifest.SystemNamespace}", "ClusterRole clever-remote-operator-definitions", "ClusterRoleBinding clever-remote-operator-definitions",
            ],
            beyond);

        var rule = Assert.IsType<YamlMappingNode>(Assert.Single((YamlSequenceNode)documents.Single(document => document["kind"].ToString() == "ClusterRole")["rules"]));
        Assert.Equal(["apiGroups", "resourceNames", "resources", "verbs"], rule.Children.Keys.Select(key => key.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(["apiextensions.k8s.io"], Items(rule["apiGroups"]));
        Assert.Equal(["customresourcedefinitions"], Items(rule["resources"]));
        Assert.Equal(["get"], Items(rule["verbs"]));
        Assert.Equal(
            AddonCatalog.All.SelectMany(kind => kind.Groups, (kind, group) => $"{kind.Plural}.{group}").Order(StringComparer.Ordinal), Items(rule["resourceNames"]));

        var binding = documents.Single(document => document["kind"].ToString() == "ClusterRoleBinding");
        Assert.Equal("ClusterRole clever-remote-operator-definitions", $"{binding["roleRef"]["kind"]} {binding["roleRef"]["name"]}");
        var subject = Assert.Single((YamlSequenceNode)binding["subjects"]);
        Assert.Equal($"ServiceAccount {RbacManifest.SystemNamespace}/clever-remote-operator", $"{subject["kind"]} {subject["namespace"]}/{subject["name"]}");
    }

    [Fact]
    public void Every_binding_binds_a_role_of_the_same_manifest_to_the_identity_of_the_same_manifest()
    {
        var documents = Documents(new RbacManifest().ClusterWide("default"));
        var known = documents.Select(document => $"{document["kind"]} {document["metadata"]["name"]}").ToList();

        var bindings = documents.Where(document => document["kind"].ToString().EndsWith("Binding", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, bindings.Count);
        Assert.All(bindings, binding => Assert.Contains($"{binding["roleRef"]["kind"]} {binding["roleRef"]["name"]}", known));
        Assert.All(bindings, binding => Assert.Contains($"{binding["subjects"][0]["kind"]} {binding["subjects"][0]["name"]}", known));
    }

    private static IEnumerable<string> Items(YamlNode list) => ((YamlSequenceNode)list).Select(item => item.ToString());

    private static List<YamlNode> Documents(string manifest)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(manifest));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }
}
