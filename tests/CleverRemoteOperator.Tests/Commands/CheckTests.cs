namespace CleverRemoteOperator.Tests.Commands;

/// <summary>What <c>--check</c> shows, warns of and reports.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly CommandLineWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Check_shows_endpoints_as_they_are_used()
    {
        _world.Folder.With("CLEVER_OPERATOR_API_TOKEN", "t").With("CLEVER_OPERATOR_API_ENDPOINT", "https://API.clever-cloud.com:443/v2")
            .With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig).With("CLEVER_OPERATOR_CLUSTERS_PARIS_API_TOKEN", "t");

        var (_, output, _) = await _world.RunAsync("--check");

        Assert.Matches(@"\n  endpoint +https://api\.clever-cloud\.com +variable CLEVER_OPERATOR_API_ENDPOINT\n", output);
        Assert.Matches(@"\[clusters\.paris\.api\]\n  endpoint +https://api-bridge\.clever-cloud\.com +default\n", output);
    }

    [Theory]
    [InlineData("--check")]
    [InlineData("-t")]
    public async Task Check_shows_settings_and_clusters_but_no_secret_and_runs_nothing(string option)
    {
        _world.Folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig).With("CLEVER_OPERATOR_API_TOKEN", "hidden-word");
        _world.Folder.Write("work/kubeconfigs/montreal.yaml", CommandLineWorld.Kubeconfig.Replace("paris", "montreal", StringComparison.Ordinal));

        var (code, output, error) = await _world.RunAsync(option);

        Assert.Equal((0, ""), (code, error));
        Assert.Empty(_world.Runs);
        Assert.Matches(@"\[api\]\n.*\n  token +\*\*\* +variable CLEVER_OPERATOR_API_TOKEN\n", output);
        Assert.Matches(@"\n  workers +8 +default\n", output);
        Assert.Matches(@"\n  paris +context current +server api\.paris\.example:6443 +namespaces \* +variable CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG\n", output);
        Assert.Matches(@"\n  montreal +context current +server api\.montreal\.example:6443 +namespaces \* +.*/work/kubeconfigs/montreal\.yaml\n", output);
        Assert.DoesNotContain("hidden-word", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop,blog", "", "its Lease is in namespace shop, ")]
    [InlineData("shop,blog", "blog", "its Lease is in namespace blog, ")]
    [InlineData("shop,blog", "operator", null)]
    [InlineData("*", "", null)]
    public async Task Check_warns_of_a_Lease_that_a_tenant_can_write(string namespaces, string lease, string? warning)
    {
        _world.Folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig).With("CLEVER_OPERATOR_OPERATOR_NAMESPACES", namespaces).With("CLEVER_OPERATOR_OPERATOR_LEASE_NAMESPACE", lease);

        var (code, _, error) = await _world.RunAsync("--check");

        Assert.Equal(0, code);
        Assert.Equal(warning is null, error.Length == 0);
        Assert.StartsWith(warning is null ? "" : $"warning: cluster paris: {warning}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_reports_every_mistake_those_of_kubeconfigs_too_and_still_shows_the_rest()
    {
        _world.Folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig).With("CLEVER_OPERATOR_API_TOKN", "hidden-word")
            .With("CLEVER_OPERATOR_CLUSTERS_LYON_KUBECONFIG", "/etc/kube/hidden-word").With("CLEVER_OPERATOR_CLUSTERS_NANTES_NAMESPACES", "shop");

        var (code, output, error) = await _world.RunAsync("--check");

        Assert.Equal(2, code);
        Assert.Equal(
            [
                "error: variable CLEVER_OPERATOR_API_TOKN: unknown variable; did you mean CLEVER_OPERATOR_API_TOKEN?",
                "error: variable CLEVER_OPERATOR_CLUSTERS_NANTES_NAMESPACES: cluster nantes has no kubeconfig; allowed: one of kubeconfig (a path), kubeconfig-content, in-cluster = true",
                "error: variable CLEVER_OPERATOR_CLUSTERS_LYON_KUBECONFIG: cluster lyon: the kubeconfig: it is not a kubeconfig: expected clusters, users and contexts. To give the path of a file, use kubeconfig, or the variable …_KUBECONFIG_PATH",
            ],
            error.TrimEnd().Split('\n').Where(line => !line.StartsWith("warning: ", StringComparison.Ordinal)));
        Assert.Matches(@"\n  paris +context current +server api\.paris\.example:6443 ", output);
    }

    [Theory]
    [InlineData("hidden-word", "it is not a kubeconfig: expected clusters, users and contexts. To give the path of a file, use kubeconfig, or the variable …_KUBECONFIG_PATH")]
    [InlineData("a: [hidden-word\n", "line 2, column 1: invalid YAML")]
    [InlineData("kind: Config", "current-context: is missing; set it, or the context of this cluster")]
    [InlineData("current-context: b\ncontexts: [{name: a}]", "contexts: b does not exist; defined: a")]
    public async Task Check_reports_a_kubeconfig_that_cannot_be_used(string kubeconfig, string expected)
    {
        var path = _world.Folder.Write("work/kubeconfigs/paris.yaml", kubeconfig);

        var (code, _, error) = await _world.RunAsync("--check");

        Assert.Equal((2, $"error: {path}: cluster paris: the kubeconfig: {expected}\n"), (code, error));
    }

    [Theory]
    [InlineData("CLEVER_OPERATOR_API_TOKEN", "<your_token>", "token")]
    [InlineData("CLEVER_OPERATOR_API_TOKEN", "your token", "token")]
    [InlineData("CLEVER_OPERATOR_API_SECRET", "your-secret", "secret")]
    [InlineData("CLEVER_OPERATOR_API_ORGANISATION", "orga_00000000-0000-0000-0000-000000000000", "organisation")]
    public async Task Check_refuses_what_stands_in_samples_and_looks_at_no_network(string variable, string value, string key)
    {
        _world.Folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig).With("CLEVER_OPERATOR_API_TOKEN", "t").With("CLEVER_OPERATOR_API_SECRET", "s").With(variable, value);

        var (code, output, error) = await _world.RunAsync("--check");

        Assert.Equal((2, $"error: variable {variable}: holds a placeholder of a sample; put the {key} itself there\n"), (code, error));
        Assert.Contains("\nNothing was looked at over the network: clever-remote-operator doctor does that.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_refuses_a_kubeconfig_whose_token_is_a_placeholder()
    {
        _world.Folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig.Replace("hidden-word", "<token>", StringComparison.Ordinal));

        var (code, _, error) = await _world.RunAsync("--check");

        Assert.Equal((2, "error: variable CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG: cluster paris: the kubeconfig: user.token: holds a placeholder of a sample; put the token itself there\n"), (code, error));
    }
}
