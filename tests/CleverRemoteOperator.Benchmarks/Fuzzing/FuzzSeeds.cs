using CleverRemoteOperator.Tests.Hostile;

namespace CleverRemoteOperator.Benchmarks.Fuzzing;

/// <summary>What mutation starts from: the reader's corpus, and what every reader starts from. All of it is copied beside the program.</summary>
internal static class FuzzSeeds
{
    // Larger ones are met by the tests; every mutation of them would take its time.
    private const int MaxLength = 32 * 1024;

    /// <summary>The committed corpus.</summary>
    public static string Corpus => Path.Combine(Folder, "corpus");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "seeds");

    /// <summary>Hostile inputs, examples and manifests; with them the pieces of other readers' inputs get everywhere.</summary>
    public static IReadOnlyList<byte[]> Common() => Files(Path.Combine(Folder, "common"));

    public static IReadOnlyList<byte[]> Of(Reader reader, string corpus) =>
        Directory.Exists(Path.Combine(corpus, reader.Name)) ? Files(Path.Combine(corpus, reader.Name)) : [];

    private static byte[][] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(bytes => bytes.Length < MaxLength)];
}
