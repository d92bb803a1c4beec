using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Configuration;

/// <summary>
/// Reads every source, lays later ones over earlier ones, and checks the whole: files, the clever-tools file when nothing
/// else gives the operator credentials, variables, command line.
/// </summary>
internal sealed class ConfigurationLoader(ProcessEnvironment environment)
{
    private static readonly string[] CredentialKeys = ["token", "secret", "consumer-key", "consumer-secret"];

    /// <param name="clustersRequired">Whether it is a mistake when nothing names a cluster.</param>
    public ConfigurationResult Load(CommandLineOptions options, bool clustersRequired = true)
    {
        SourceReading[] files = [.. new ConfigurationFiles(environment).Read(options.ConfigPath)];
        var variables = new EnvironmentSettings(environment).Read();
        var merged = new MergedSettings();
        foreach (var file in files)
        {
            merged.Merge(file);
        }
        if (!files.Append(variables).Any(GivesCredentials))
        {
            merged.Merge(new CleverToolsFile(environment).Read());
        }
        merged.Merge(variables);
        Setting[] given = [.. merged.All];

        ApplyPort(merged);
        ApplyVerbosity(merged, options.Verbosity);
        var mistakes = merged.Mistakes;
        var @operator = ConfigurationBinder.BindOperator(merged, mistakes) with { NoLease = options.NoLease };
        @operator = new ClusterFallbacks(environment).Apply(merged, @operator, options, clustersRequired);
        var api = ConfigurationBinder.BindApi(merged, @operator.AllowedEndpoints, mistakes);
        var clusters = ConfigurationBinder.BindClusters(merged, @operator, mistakes);
        var draft = new OperatorConfiguration(@operator, api, clusters);
        return new(draft, ConfigurationMistake.Bounded(mistakes), [.. SettingsInUse.List(merged, draft)]) { Given = given };
    }

    private static bool GivesCredentials(SourceReading source) => source.Settings.Any(setting =>
        setting.Definition.Section == SettingTable.ApiSection && CredentialKeys.Contains(setting.Definition.Key));

    // Clever Cloud tells an application its port in this variable.
    private void ApplyPort(MergedSettings merged)
    {
        var listen = SettingTable.Operator.First(definition => definition.Key == "listen");
        if (merged.Find(null, listen) is null && environment.Variable("PORT") is { } port)
        {
            merged.Merge(new([new(listen, null, SettingValue.Of($"0.0.0.0:{port.Trim()}"), EnvironmentSettings.Where("PORT"))], []));
        }
    }

    private static void ApplyVerbosity(MergedSettings merged, int verbosity)
    {
        if (verbosity > 0)
        {
            var level = SettingTable.Operator.First(definition => definition.Key == "log-level");
            merged.Merge(new([new(level, null, SettingValue.Of(verbosity == 1 ? "debug" : "trace"), "option -v")], []));
        }
    }
}
