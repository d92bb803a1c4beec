namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>The files of the repository that this build comes from.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Root = new(Find);

    public static string PathOf(params string[] parts) => Path.Combine([Root.Value, .. parts]);

    /// <summary>The resources of <c>examples/</c>, without the operator's own configuration samples; path below it to text.</summary>
    public static IReadOnlyDictionary<string, string> Examples() => new[] { PathOf("examples"), PathOf("examples", "secrets") }
        .SelectMany(folder => Directory.GetFiles(folder, "*.yaml"))
        .Where(file => Path.GetFileName(file) != "config.yaml")
        .ToDictionary(file => Path.GetRelativePath(PathOf("examples"), file), File.ReadAllText);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CleverRemoteOperator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in the repository.");
    }
}
