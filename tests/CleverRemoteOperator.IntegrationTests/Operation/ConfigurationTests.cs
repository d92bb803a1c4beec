using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Every way to tell the operator of a cluster leads to a resource that becomes Ready.</summary>
public sealed class ConfigurationTests(ApiServers servers)
{
    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_kubeconfig_may_be_base64_in_a_variable(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = Manifests.Base64(scenario.Cluster.Kubeconfig());
        await scenario.StartAsync(environment);

        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("by-base64")));
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_cluster_on_this_machine_is_reached_directly_whatever_proxy_the_environment_names(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.EnvironmentWithClusters();
        environment["HTTPS_PROXY"] = environment["HTTP_PROXY"] = "http://127.0.0.1:9";
        await scenario.StartAsync(environment);

        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("behind-a-proxy")));
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Everything_may_stand_in_one_file_that_is_named_on_the_command_line(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await File.WriteAllTextAsync(Path.Combine(scenario.Folder, "kubeconfig"), scenario.Cluster.Kubeconfig());
        await File.WriteAllTextAsync(Path.Combine(scenario.Folder, "operator.toml"), $"""
            {Manifests.Toml(scenario.Clever.Address, "sandbox-token", "sandbox-secret", Scenario.Organisation)}

            [[clusters]]
            name = "east"
            kubeconfig = "kubeconfig"
            namespaces = ["{scenario.Namespace}"]
            """);
        await scenario.StartAsync(new Dictionary<string, string>(), "--config", "operator.toml");

        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("by-file")));
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_kubeconfig_that_is_no_yaml_is_told_and_skipped_while_the_others_are_served(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var folder = Directory.CreateDirectory(Path.Combine(scenario.Folder, "kubeconfigs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "east.yaml"), scenario.Cluster.Kubeconfig());
        await File.WriteAllTextAsync(Path.Combine(folder, "broken.yaml"), "{ this is: [ no YAML");
        var process = await scenario.StartAsync(scenario.Environment());

        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("by-folder")));
        await process.WroteAsync("YAML");
        Assert.Contains("broken", process.Output.Split('\n').First(line => line.Contains("YAML", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
