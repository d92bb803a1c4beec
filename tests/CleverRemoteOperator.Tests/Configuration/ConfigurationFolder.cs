using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Tests.Configuration;

/// <summary>A machine of its own for one test: root, home and working directory below one temporary folder, and variables.</summary>
internal sealed class ConfigurationFolder : IDisposable
{
    public const string MinimalKubeconfig = "apiVersion: v1\nkind: Config\n";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("configuration-");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string PathOf(string relative) => Path.Combine(_root.FullName, relative);

    /// <summary>Writes a file below the folder: <c>etc/…</c>, <c>home/…</c> or <c>work/…</c>.</summary>
    public string Write(string relative, string text)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public ConfigurationFolder With(string variable, string value)
    {
        Variables[variable] = value;
        return this;
    }

    /// <summary>Names a cluster, where a test is about something else.</summary>
    public ConfigurationFolder WithCluster() => With("CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", MinimalKubeconfig);

    public ProcessEnvironment Environment()
    {
        Directory.CreateDirectory(PathOf("work"));
        return new(Variables, PathOf("work"), PathOf("home")) { Root = _root.FullName };
    }

    public ConfigurationResult Load(CommandLineOptions? options = null) => new ConfigurationLoader(Environment()).Load(options ?? new());

    /// <summary>The configuration; fails when there is a mistake.</summary>
    public OperatorConfiguration Configuration(CommandLineOptions? options = null)
    {
        var result = Load(options);
        Assert.Empty(result.Mistakes);
        return result.Configuration!;
    }

    /// <summary>The only mistake, as it is printed.</summary>
    public string OnlyMistake(CommandLineOptions? options = null)
    {
        var result = Load(options);
        Assert.Null(result.Configuration);
        return Assert.Single(result.Mistakes).ToString().Replace(_root.FullName, "", StringComparison.Ordinal);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
