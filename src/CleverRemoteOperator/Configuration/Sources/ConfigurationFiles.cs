using CleverRemoteOperator.Configuration.Settings;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>The configuration files: where they lie, and what they say.</summary>
internal sealed class ConfigurationFiles(ProcessEnvironment environment)
{
    private static readonly string[] Sections = [SettingTable.ApiSection, SettingTable.OperatorSection, SettingTable.ClustersSection];
    private static readonly string[] Endings = [".toml", ".yaml", ".json"];

    // The reference operator's files are read too, before our own of the same place.
    private static readonly string[] Names = [OperatorNames.Reference, OperatorNames.Own];

    /// <summary>The usual places, the least important first.</summary>
    public IEnumerable<string> UsualPlaces()
    {
        string?[] bases =
        [
            Path.Combine(environment.Root, "usr/share"), Path.Combine(environment.Root, "etc"),
            environment.Home is { } home ? Path.Combine(home, ".config") : null,
            environment.Home is { } user ? Path.Combine(user, ".local/share") : null,
        ];
        var folders = bases.OfType<string>().SelectMany(at => Names.Select(name => Path.Combine(at, name))).Append(environment.WorkingDirectory);
        return folders.SelectMany(folder => Endings.Select(ending => Path.Combine(folder, "config" + ending)));
    }

    /// <summary>Each file's settings: of the one that is named, else of all that exist.</summary>
    public IEnumerable<SourceReading> Read(string? onlyThis) => onlyThis is not null
        ? [ReadFile(environment.Resolve(onlyThis, environment.WorkingDirectory))]
        : UsualPlaces().Where(File.Exists).Select(ReadFile);

    private SourceReading ReadFile(string path)
    {
        if (BoundedFile.Read(path, out var whyNot) is not { } text)
        {
            return SourceReading.Unread(PathText.Shown(path), $"the configuration file {whyNot}");
        }
        try
        {
            var document = DocumentText.Parse(text, DocumentText.FormatOf(path));
            var folder = Path.GetDirectoryName(path) ?? environment.WorkingDirectory;
            return new DocumentSettings(path, given => environment.Resolve(given, folder)).Read(document, Sections);
        }
        catch (DocumentException e)
        {
            return SourceReading.Unread(path, e.Message);
        }
    }
}
