using CleverRemoteOperator.Configuration.Settings;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Which clusters the files and folders of <see cref="OperatorOptions.Kubeconfigs"/> give at this moment.</summary>
internal static class KubeconfigFiles
{
    // A README beside the files, or what an editor left behind, is no cluster.
    private static readonly string[] Endings = ["", ".yaml", ".yml", ".json", ".kubeconfig", ".conf", ".config"];

    /// <summary>Each kubeconfig file as one cluster, named like the file without its ending; files whose name is no cluster's name as mistakes.</summary>
    /// <param name="paths">Absolute paths. A folder gives its visible files, not those of folders in it.</param>
    public static (IReadOnlyList<ClusterOptions> Clusters, IReadOnlyList<ConfigurationMistake> Mistakes) Expand(IEnumerable<string> paths)
    {
        var clusters = new List<ClusterOptions>();
        var mistakes = new List<ConfigurationMistake>();
        foreach (var path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                mistakes.Add(new(PathText.Shown(path), "does not exist; allowed: a kubeconfig or a folder of them"));
                continue;
            }
            foreach (var file in Directory.Exists(path) ? FilesOf(path, mistakes) : [path])
            {
                var name = Path.GetFileNameWithoutExtension(file);
                if (IsEmpty(file))
                {
                    mistakes.Add(new(file, "is empty; allowed: a kubeconfig"));
                }
                else if (ValueForms.Label.Read(SettingValue.Of(name)) is not null)
                {
                    clusters.Add(new() { Name = name, KubeconfigPath = file, Source = file });
                }
                else
                {
                    mistakes.Add(new(file, $"the file name without its extension is not a valid cluster name; allowed: {ValueForms.Label.Allowed}"));
                }
            }
        }
        return (clusters, mistakes);
    }

    // Nothing is opened: what is being written at this moment is empty, and so is a pipe, which would never answer.
    private static bool IsEmpty(string file) =>
        (File.ResolveLinkTarget(file, returnFinalTarget: true) ?? new FileInfo(file)) is FileInfo { Exists: true, Length: 0 };

    private static string[] FilesOf(string folder, List<ConfigurationMistake> mistakes)
    {
        try
        {
            // A mounted Secret shows each file once, and hides its own folders behind a dot.
            return
            [
                .. Directory.EnumerateFiles(folder)
                    .Where(file => !Path.GetFileName(file).StartsWith('.') && Endings.Contains(Path.GetExtension(file)))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(new(folder, "the folder cannot be read"));
            return [];
        }
    }
}
