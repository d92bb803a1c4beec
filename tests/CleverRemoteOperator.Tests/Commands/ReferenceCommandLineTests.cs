using CleverRemoteOperator.Commands;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Tests.Configuration;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Tests.Commands;

/// <summary>Every line that started the reference operator does the same here.</summary>
public sealed class ReferenceCommandLineTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();
    private readonly List<OperatorConfiguration> _runs = [];

    public ReferenceCommandLineTests()
    {
        _folder.Write("work/config.toml", "[api]\ntoken = \"usual\"\n");
        _folder.Write("work/other.toml", "[api]\ntoken = \"other\"\n");
        _folder.Write("work/kube", """
            apiVersion: v1
            kind: Config
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a}}]
            clusters: [{name: a, cluster: {server: "https://a.example"}}]
            users: [{name: a, user: {token: t}}]
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-k kube", "usual", LogLevel.Information)]
    [InlineData("--kubeconfig kube", "usual", LogLevel.Information)]
    [InlineData("-k kube -c other.toml", "other", LogLevel.Information)]
    [InlineData("--kubeconfig kube --config other.toml", "other", LogLevel.Information)]
    [InlineData("-k kube -v", "usual", LogLevel.Debug)]
    [InlineData("-k kube -vv", "usual", LogLevel.Trace)]
    [InlineData("-k kube -vvvv", "usual", LogLevel.Trace)]
    [InlineData("--kubeconfig=kube --config=other.toml -v -v", "other", LogLevel.Trace)]
    public async Task It_runs_with_that_kubeconfig_file_and_loudness(string line, string token, LogLevel level)
    {
        Assert.Equal((0, "", ""), await RunAsync(line));

        var configuration = Assert.Single(_runs);
        Assert.Equal((token, level), (configuration.Api!.Token, configuration.Operator.LogLevel));
        Assert.Equal(_folder.PathOf("work/kube"), Assert.Single(configuration.Clusters).KubeconfigPath);
    }

    [Theory]
    [InlineData("-t -k kube", "a.example")]
    [InlineData("--check --kubeconfig kube -v", "a.example")]
    [InlineData("custom-resource-definition view", "kind: CustomResourceDefinition")]
    [InlineData("custom-resource-definition view postgresql", "name: postgresqls.api.clever-cloud.com")]
    [InlineData("crd v", "kind: CustomResourceDefinition")]
    [InlineData("crd v config-provider", "name: configproviders.api.clever-cloud.com")]
    [InlineData("crd view pulsar", "name: pulsars.api.clever-cloud.com")]
    [InlineData("configmap generate", "kind: ConfigMap")]
    [InlineData("configmap generate -n here -N there", "  name: here\n  namespace: there\n")]
    [InlineData("cm g --name here --namespace there", "  name: here\n  namespace: there\n")]
    [InlineData("secret generate -n here -N there", "  name: here\n  namespace: there\n")]
    [InlineData("s g", "kind: Secret")]
    public async Task It_prints_and_runs_nothing(string line, string expected)
    {
        var (code, output, error) = await RunAsync(line);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Empty(_runs);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(line.Split(' '), _folder.Environment(), Run, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private Task<int> Run(OperatorConfiguration configuration, CancellationToken token)
    {
        _runs.Add(configuration);
        return Task.FromResult(0);
    }
}
