using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>A text given as the path of a file: people put the file's content there as well.</summary>
internal static class PathText
{
    private const int MaxLength = 4096;
    private const int MaxSegment = 255;
    private const int MostShown = 256;

    private static readonly SettingDefinition Content = SettingTable.Clusters.First(definition => definition.Key == "kubeconfig-content");

    /// <summary>Why the text can be the path of no file, and what was meant; null when it can. Cites nothing of it.</summary>
    /// <param name="cluster">The cluster it is given for; null when it is not known.</param>
    public static string? WhyNot(string text, string? cluster)
    {
        if (Disclosure.IsKubeconfig(text))
        {
            var variable = cluster is null ? Content.Variable : Content.Variable.Replace("<NAME>", cluster.ToUpperInvariant().Replace('-', '_'), StringComparison.Ordinal);
            return $"holds {Disclosure.Describe(text)}, but must hold a path; put a kubeconfig itself into {variable}, or {Content.Key} in a file";
        }

        return text.Length > MaxLength || text.Any(char.IsControl) || text.Split('/').Any(segment => segment.Length > MaxSegment)
            ? $"holds {Disclosure.Describe(text)}, which is not a path; allowed: the path of a file"
            : null;
    }

    /// <summary>As <see cref="Shown"/>, but of what is not there only the folder that is: where a file's content stands as often as its path, any word may be a secret.</summary>
    public static string ShownIfThere(string path)
    {
        var there = path;
        while (!File.Exists(there) && !Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            there = above;
        }

        return there == path ? Shown(path) : $"a file below {Printable.Of(there, MaxLength)}";
    }

    /// <summary>The path as it may be shown: whole when something is there, else only when it does not look like a secret.</summary>
    public static string Shown(string path) =>
        File.Exists(path) || Directory.Exists(path) ? Printable.Of(path, MaxLength) : Disclosure.Of(path, MostShown);
}
