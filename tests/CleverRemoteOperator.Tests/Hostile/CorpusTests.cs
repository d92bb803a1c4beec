namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>The inputs the fuzzer kept: each went another way through its reader than all before it.</summary>
public sealed class CorpusTests
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    public static TheoryData<string> AllReaders => [.. Readers.All.Keys];

    [Theory]
    [MemberData(nameof(AllReaders))]
    public void Every_reader_keeps_its_promises_on_each_input_of_its_corpus(string reader)
    {
        var inputs = Directory.GetFiles(Path.Combine(Corpus, reader));

        Assert.NotEmpty(inputs);
        foreach (var input in inputs)
        {
            var broken = ReaderPromise.Broken(Readers.All[reader], File.ReadAllBytes(input), MaxTime, out _);
            Assert.True(broken is null, $"{Path.GetFileName(input)}: {broken}");
        }
    }

    [Fact]
    public void The_corpus_is_small_and_of_readers_that_exist()
    {
        Assert.All(Directory.GetDirectories(Corpus), folder => Assert.Contains(Path.GetFileName(folder), Readers.All.Keys));
        Assert.InRange(Directory.EnumerateFiles(Corpus, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), 1, 1024 * 1024);
    }

    private static string Corpus => RepositoryFiles.Path("tests/CleverRemoteOperator.Tests/TestAssets/Corpus");
}
