namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>The committed inputs that are meant to harm: bombs, broken encodings, wrong types, names that climb.</summary>
internal static class HostileFiles
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];

    private static string Folder => RepositoryFiles.Path("tests/CleverRemoteOperator.Tests/TestAssets/Hostile");

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
