using CleverRemoteOperator.Configuration.Settings;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class SettingsDocumentationTests
{
    private const string Begin = "<!-- settings: begin -->\n";
    private const string End = "<!-- settings: end -->\n";

    [Fact]
    public void The_documentation_holds_the_table_of_settings()
    {
        var text = File.ReadAllText(RepositoryFiles.Path("docs/configuration.md"));
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;

        Assert.Equal(SettingsMarkdown.Table(), text[from..text.IndexOf(End, StringComparison.Ordinal)]);
    }

    [Fact]
    public void No_two_settings_share_a_variable() => Assert.Equal(
        SettingTable.All.Count(), SettingTable.All.Select(setting => setting.Variable).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [InlineData("examples/config.toml")]
    [InlineData("examples/config.yaml")]
    public void The_samples_are_valid_and_say_the_same(string sample)
    {
        using var folder = new ConfigurationFolder();

        var configuration = folder.Configuration(new() { ConfigPath = RepositoryFiles.Path(sample) });

        Assert.Equal(["paris", "montreal"], configuration.Clusters.Select(cluster => cluster.Name));
        Assert.All(configuration.Clusters, cluster => Assert.True(File.Exists(cluster.KubeconfigPath), cluster.KubeconfigPath));
        Assert.Equal(("your-token", "your-secret", "your-bearer-token"),
            (configuration.Api!.Token, configuration.Api.Secret, configuration.Clusters[1].Api!.Token));
        Assert.Equal(["shop", "blog"], configuration.Clusters[0].Namespaces!);
    }
}
