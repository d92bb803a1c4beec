namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>Every reader of text that somebody else wrote: the tests of hostile inputs, the corpus and the fuzzer all run these.</summary>
internal static class Readers
{
    public static IReadOnlyDictionary<string, Reader> All { get; } = new[] { DocumentReaders.All, ObjectReaders.All, ApiReaders.All, TextReaders.All }
        .SelectMany(readers => readers).ToDictionary(reader => reader.Name, StringComparer.Ordinal);
}
