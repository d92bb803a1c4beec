using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.IntegrationTests.Helm;

/// <summary>Every value of the reference operator's chart, and ours, has its effect; what is no value is refused in one line.</summary>
public sealed class ChartValuesTests(HelmPackage package) : IClassFixture<HelmPackage>
{
    private const string Pod = "spec template spec";
    private const string Container = $"{Pod} containers 0";
    private const string Public = "T5nFjKeHH4AIlEveuGhB5S3xg8T19e MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT";

    [Theory]
    [InlineData("{}", "https://api.clever-cloud.com", null, null, null)]
    [InlineData("{token: t}", "https://api-bridge.clever-cloud.com", "t", null, null)]
    [InlineData("{token: t, secret: s}", "https://api.clever-cloud.com", "t", "s", Public)]
    [InlineData("{token: t, secret: s, endpoint: 'https://api.clever-cloud.com/v2'}", "https://api.clever-cloud.com", "t", "s", Public)]
    [InlineData("{token: t, secret: s, endpoint: 'https://other.example'}", "https://other.example", "t", "s", Public)]
    [InlineData("{token: t, secret: s, endpoint: '', consumerKey: '', consumerSecret: ''}", "https://api.clever-cloud.com", "t", "s", Public)]
    [InlineData("{token: t, secret: s, consumerKey: k, consumerSecret: c}", "https://api.clever-cloud.com", "t", "s", "k c")]
    [InlineData("""{token: "q\"uo\\te '{{x}}' #=$é", secret: "\"\"\""}""", "https://api.clever-cloud.com", "q\"uo\\te '{{x}}' #=$é", "\"\"\"", Public)]
    public async Task Credentials_reach_the_operator_as_they_were_given(string config, string endpoint, string? token, string? secret, string? consumer)
    {
        var api = (await ConfigurationAsync($"config: {config}")).Api;

        Assert.Equal(token, api?.Token);
        if (token is not null)
        {
            var keys = api!.ConsumerKey is null ? null : $"{api.ConsumerKey} {api.ConsumerSecret}";
            Assert.Equal((endpoint, secret, consumer), (api.Endpoint.GetLeftPart(UriPartial.Authority), api.Secret, keys));
        }
    }

    [Theory]
    [InlineData("replicaCount: 3", "Deployment", "spec replicas", "3")]
    [InlineData("image: {repository: r.example/o}", "Deployment", $"{Container} image", "r.example/o:0.1.0")]
    [InlineData("image: {repository: r.example/o, tag: '7'}", "Deployment", $"{Container} image", "r.example/o:7")]
    [InlineData("image: {pullPolicy: Always}", "Deployment", $"{Container} imagePullPolicy", "Always")]
    [InlineData("imagePullSecrets: [{name: registry}]", "Deployment", $"{Pod} imagePullSecrets", "[{name: registry}]")]
    [InlineData("resources: {limits: {memory: 512Mi}}", "Deployment", $"{Container} resources", "{limits: {memory: 512Mi}, requests: {cpu: 50m, memory: 128Mi}}")]
    [InlineData("nodeSelector: {disk: ssd}", "Deployment", $"{Pod} nodeSelector", "{disk: ssd}")]
    [InlineData("tolerations: [{key: a, operator: Exists}]", "Deployment", $"{Pod} tolerations", "[{key: a, operator: Exists}]")]
    [InlineData("affinity: {nodeAffinity: {}}", "Deployment", $"{Pod} affinity", "{nodeAffinity: {}}")]
    [InlineData("podAnnotations: {team: shop, prometheus.io/scrape: 'false'}", "Deployment", "spec template metadata annotations team", "shop")]
    [InlineData("podAnnotations: {team: shop, prometheus.io/scrape: 'false'}", "Deployment", "spec template metadata annotations prometheus.io/scrape", "'false'")]
    [InlineData("podAnnotations: {team: shop, prometheus.io/scrape: 'false'}", "Deployment", "spec template metadata annotations prometheus.io/port", "'9100'")]
    [InlineData("securityContext: {runAsUser: null, seccompProfile: {type: Localhost}}", "Deployment", $"{Container} securityContext runAsUser", null)]
    [InlineData("securityContext: {runAsUser: null, seccompProfile: {type: Localhost}}", "Deployment", $"{Container} securityContext seccompProfile type", "Localhost")]
    [InlineData("securityContext: {runAsUser: null, seccompProfile: {type: Localhost}}", "Deployment", $"{Container} securityContext capabilities", "{drop: [ALL]}")]
    [InlineData("podSecurityContext: {fsGroup: 5}", "Deployment", $"{Pod} securityContext", "{fsGroup: 5}")]
    [InlineData("serviceAccount: {create: false}", "ServiceAccount", "metadata name", null)]
    [InlineData("serviceAccount: {create: false}", "Deployment", $"{Pod} serviceAccountName", "clever-remote-operator")]
    [InlineData("serviceAccount: {name: mine}", "ServiceAccount", "metadata name", "mine")]
    [InlineData("serviceAccount: {name: mine}", "Deployment", $"{Pod} serviceAccountName", "mine")]
    [InlineData("serviceAccount: {name: mine}", "ClusterRoleBinding", "subjects 0 name", "mine")]
    [InlineData("networkPolicy: {enabled: false}", "NetworkPolicy", "spec", null)]
    [InlineData("networkPolicy: {enabled: true}", "NetworkPolicy", "spec", "{podSelector: {matchLabels: {app.kubernetes.io/name: clever-remote-operator}}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}")]
    [InlineData("networkPolicy: {enabled: true, ingress: [], egress: [{ports: [{port: 443}]}]}", "NetworkPolicy", "spec egress", "[{ports: [{port: 443}]}]")]
    [InlineData("networkPolicy: {enabled: true, ingress: [], egress: [{ports: [{port: 443}]}]}", "NetworkPolicy", "spec ingress", "[]")]
    [InlineData("podDisruptionBudget: {enabled: false}", "PodDisruptionBudget", "spec", null)]
    [InlineData("podDisruptionBudget: {enabled: true}", "PodDisruptionBudget", "spec", "{minAvailable: 0, selector: {matchLabels: {app.kubernetes.io/name: clever-remote-operator}}}")]
    [InlineData("podDisruptionBudget: {enabled: true, minAvailable: 50%}", "PodDisruptionBudget", "spec minAvailable", "50%")]
    [InlineData("definitionGuard: {enabled: false}", "ValidatingAdmissionPolicy", "spec", null)]
    [InlineData("forceNamespace: elsewhere", "Deployment", "metadata namespace", "elsewhere")]
    [InlineData("forceNamespace: elsewhere", "ClusterRoleBinding", "subjects 0 namespace", "elsewhere")]
    [InlineData("forceNamespace: ''", "Deployment", "metadata namespace", Chart.Namespace)]
    [InlineData("config: {existingSecret: mine}", "Deployment", $"{Container} envFrom", "[{secretRef: {name: mine, optional: false}}]")]
    [InlineData("kubeconfigsSecret: clusters", "Deployment", $"{Pod} volumes 1", "{name: kubeconfigs, secret: {secretName: clusters}}")]
    [InlineData("rbac: {create: false}", "ClusterRole", "rules", null)]
    [InlineData("metricsService: {enabled: true}", "Service", "spec ports", "[{name: metrics, port: 9100, targetPort: metrics}]")]
    [InlineData("metricsService: {enabled: false}", "Service", "spec", null)]
    public async Task A_value_stands_where_it_belongs(string values, string kind, string path, string? expected)
    {
        var found = (await Chart.RenderAsync(package, values)).FirstOrDefault(rendered => (string?)rendered["kind"] == kind).At(path);

        Assert.True(JsonNode.DeepEquals(expected is null ? null : YamlBody.Parse(expected), found), $"{path} is {found?.ToJsonString() ?? "not there"}");
    }

    [Fact]
    public async Task Settings_and_namespaces_and_further_clusters_reach_the_operator()
    {
        var configuration = await ConfigurationAsync("""
            namespaces: [shop, blog]
            kubeconfigsSecret: clusters
            config: {token: t, organisation: orga_00000000-0000-4000-8000-000000000001}
            operator: {cluster-name: home, fleet: north, deletion-policy: Retain, workers: 5, max-workers: 6, resync: 5m, creation-window: 3m, allowed-endpoints: ["https://a.example"], log-format: text, log-level: debug, status-token: s}
            """);

        var options = configuration.Operator;
        Assert.Equal("orga_00000000-0000-4000-8000-000000000001", configuration.Api!.Organisation);
        Assert.Equal(["shop", "blog"], options.Namespaces);
        Assert.Equal(["/etc/clever-remote-operator/kubeconfigs"], options.Kubeconfigs);
        var cluster = Assert.Single(configuration.Clusters);
        Assert.Equal((true, "home"), (cluster.InCluster, cluster.Name));
        Assert.Equal(("north", CleverRemoteOperator.Addons.DeletionPolicy.Retain), (options.Fleet, options.DeletionPolicy));
        Assert.Equal((5, 6, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(3), "s"), (options.MaxConcurrentReconciles, options.MaxConcurrentReconcilesInProcess, options.Resync, options.CreationWindow, options.StatusToken));
        Assert.Equal(new("https://a.example"), Assert.Single(options.AllowedEndpoints));
        Assert.Equal((LogFormat.Text, Microsoft.Extensions.Logging.LogLevel.Debug), (options.LogFormat, options.LogLevel));
    }

    [Theory]
    [InlineData("config: {tokn: t}", "tokn")]
    [InlineData("colour: blue", "colour")]
    [InlineData("replicaCount: two", "replicaCount")]
    [InlineData("replicaCount: -1", "replicaCount")]
    [InlineData("config: {token: 7}", "token")]
    [InlineData("image: {pullPolicy: Sometimes}", "pullPolicy")]
    [InlineData("namespaces: shop", "namespaces")]
    [InlineData("namespaces: ['A B']", "namespaces")]
    [InlineData("operator: {listen: ':80'}", "listen")]
    [InlineData("podDisruptionBudget: {minAvailable: half}", "minAvailable")]
    [InlineData("definitionGuard: true", "definitionGuard")]
    [InlineData("serviceAccount: {create: maybe}", "create")]
    [InlineData("image: {repository: clevercloud/clever-kubernetes-operator}", "image.repository: clevercloud/clever-kubernetes-operator is the reference operator")]
    [InlineData("image: {repository: docker.io/clevercloud/clever-operator}", "docker.io/clevercloud/clever-operator is the reference operator")]
    public async Task What_is_no_value_is_told_in_one_line(string values, string expected)
    {
        var result = await Chart.RunAsync(package, values, "template", "release");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Single(result.Error.Split('\n'), line => line.Contains(expected, StringComparison.Ordinal));
    }

    private async Task<OperatorConfiguration> ConfigurationAsync(string values)
    {
        var text = (string)(await Chart.RenderAsync(package, values)).Only("Secret").At("stringData config.toml")!;
        var folder = Directory.CreateTempSubdirectory("chart-");
        try
        {
            var file = Path.Combine(folder.FullName, "config.toml");
            await File.WriteAllTextAsync(file, text);
            var result = new ConfigurationLoader(new(new Dictionary<string, string>(), folder.FullName, null) { Root = folder.FullName })
                .Load(new() { ConfigPath = file }, clustersRequired: false);
            Assert.Empty(result.Mistakes);
            return result.Configuration!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
