using CsCheck;

namespace CleverRemoteOperator.Tests.Hostile;

public sealed class HostileInputTests
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    public static TheoryData<string> AllReaders => [.. Readers.All.Keys];

    [Theory]
    [MemberData(nameof(AllReaders))]
    public void Every_reader_takes_or_refuses_every_hostile_file_quickly_and_in_little_memory(string reader)
    {
        foreach (var file in HostileFiles.Names)
        {
            var bytes = HostileFiles.Read(file);
            var broken = ReaderPromise.Broken(Readers.All[reader], bytes, MaxTime, out _);

            Assert.True(broken is null, $"{file}: {broken}");
        }
    }

    [Theory]
    [MemberData(nameof(AllReaders))]
    public void Every_reader_takes_or_refuses_whatever_damage_makes_of_a_hostile_file(string reader)
    {
        var files = HostileFiles.Names.Select(HostileFiles.Read).Where(bytes => bytes.Length is > 0 and < 4096).ToList();
        Gen.Select(Gen.Int[0, files.Count - 1], Gen.Int[0, files.Count - 1], Gen.Double.Unit, Gen.Double.Unit, Gen.Byte).Sample((one, other, cut, at, value) =>
        {
            // The head of one file, the tail of another, and one byte changed.
            byte[] damaged = [.. files[one][..(int)(files[one].Length * cut)], .. files[other][(int)(files[other].Length * cut)..], 10];
            damaged[(int)((damaged.Length - 1) * at)] = value;
            return ReaderPromise.Broken(Readers.All[reader], damaged, MaxTime, out _) is null;
        }, iter: 300);
    }

    [Fact]
    public void No_hostile_kubeconfig_gives_a_connection_that_reaches_elsewhere_or_runs_anything()
    {
        foreach (var file in HostileFiles.Names)
        {
            var (connection, mistakes) = DocumentReaders.Kubeconfig(HostileFiles.Read(file));

            Assert.True(connection is null, $"{file} is accepted");
            Assert.NotEmpty(mistakes);
            Assert.All(mistakes, AssertHarmless);
        }

        Assert.False(File.Exists("/tmp/owned"));
    }

    [Fact]
    public void No_hostile_text_gives_credentials_for_another_endpoint_and_none_is_cited()
    {
        foreach (var file in HostileFiles.Names)
        {
            var (credentials, mistakes) = DocumentReaders.Credentials(HostileFiles.Read(file));

            Assert.True(credentials is null, $"{file} gives {credentials}");
            Assert.NotEmpty(mistakes);
            Assert.All(mistakes, mistake => AssertHarmless(mistake.ToString()));
        }
    }

    private static void AssertHarmless(string message)
    {
        Assert.InRange(message.Length, 1, 1024);
        Assert.DoesNotContain(message, letter => char.IsControl(letter) || letter is '\u202e');
        Assert.DoesNotContain("of-a-test", message, StringComparison.Ordinal);
    }
}
