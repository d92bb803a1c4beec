using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using YamlDotNet.RepresentationModel;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class DeploymentFilesTests : IDisposable
{
    private const string Kubeconfig = "YXBpVmVyc2lvbjogdjEKa2luZDogQ29uZmlnCg==";

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_environment_template_of_Clever_Cloud_is_understood_with_every_line_switched_on()
    {
        var variables = File.ReadLines(RepositoryFiles.Path("clevercloud", "env.example"))
            .Select(line => line.TrimStart('#'))
            .Where(line => line.StartsWith("CLEVER_OPERATOR_", StringComparison.Ordinal))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[0].EndsWith("_KUBECONFIG", StringComparison.Ordinal) ? Kubeconfig : pair[1].Trim('"'));

        var result = Load(new(variables, _folder.PathOf("work"), null), new());

        Assert.Empty(result.Mistakes);
        Assert.Equal(["production", "staging"], result.Configuration!.Clusters.Select(cluster => cluster.Name).Order());
        Assert.Equal(["shop", "blog"], result.Configuration.Clusters.Single(cluster => cluster.Name == "production").Namespaces);
        Assert.NotNull(result.Configuration.Api!.ConsumerKey);
        Assert.Equal(variables.Count, result.Given.Count);
    }

    [Fact]
    public void The_configuration_of_the_in_cluster_deployment_is_understood()
    {
        using var manifest = File.OpenText(RepositoryFiles.Path("deployments", "kubernetes", "20-configuration.yaml"));
        var documents = new YamlStream();
        documents.Load(manifest);
        var file = _folder.Write("config.toml", documents.Documents[0].RootNode["data"]["config.toml"].ToString());

        var result = Load(new(new Dictionary<string, string>(), _folder.PathOf("work"), null), new() { ConfigPath = file });

        Assert.Empty(result.Mistakes);
        Assert.Equal("<your_consumer_secret>", result.Configuration!.Api!.ConsumerSecret);
        Assert.Equal("clever-kubernetes-operator-system", result.Configuration.Operator.LeaseNamespace);
    }

    private ConfigurationResult Load(ProcessEnvironment environment, CommandLineOptions options) =>
        new ConfigurationLoader(environment with { Root = _folder.PathOf("root") }).Load(options, clustersRequired: false);
}
