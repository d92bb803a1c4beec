using System.Security.Cryptography;
using CleverRemoteOperator.Tests.Hostile;

namespace CleverRemoteOperator.Benchmarks.Fuzzing;

/// <summary>The inputs of one reader, each of which went another way than those before.</summary>
internal sealed class Corpus(Reader reader)
{
    private const int NameLength = 12;

    // Beyond that a new way is one of many: damaging what is there finds more.
    private const int MostInputs = 1000;

    private readonly HashSet<string> _outcomes = new(StringComparer.Ordinal);
    private readonly List<byte[]> _inputs = [];

    public Reader Reader => reader;

    public IReadOnlyList<byte[]> Inputs => _inputs;

    /// <summary>Whether an input that went this way is there, or there is room for none.</summary>
    public bool Knows(string outcome) => _inputs.Count >= MostInputs || _outcomes.Contains(outcome);

    public void Add(byte[] input, string outcome)
    {
        _outcomes.Add(outcome);
        _inputs.Add(input);
    }

    /// <summary>Writes an input below the folder, named by its hash; gives the path.</summary>
    public static string Write(string folder, string reader, byte[] input)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, reader)).FullName, Convert.ToHexStringLower(SHA256.HashData(input))[..NameLength]);
        File.WriteAllBytes(path, input);
        return path;
    }
}
