using System.Text;
using CleverRemoteOperator.Watching;
using CsCheck;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class LineReaderTests
{
    private static readonly Gen<string> Line = Gen.String[Gen.Char['a', 'e'], 0, 40];

    [Fact]
    public Task Gives_the_same_lines_however_they_are_cut() =>
        Gen.Select(Line.Array[0, 20], Gen.Int[1, 50].Array[1, 30]).SampleAsync(async (lines, cuts) =>
        {
            var stream = new ChoppedStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), cuts);
            return (await ReadAllAsync(new LineReader(stream, 40, new(TimeProvider.System)))).SequenceEqual(lines);
        });

    [Fact]
    public Task Tells_a_stream_that_ends_within_a_line_however_it_is_cut() =>
        Gen.Select(Line.Array[0, 5], Gen.String[Gen.Char['a', 'e'], 1, 40], Gen.Int[1, 50].Array[1, 30]).SampleAsync(async (lines, rest, cuts) =>
        {
            var stream = new ChoppedStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")) + rest), cuts);
            await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAllAsync(new LineReader(stream, 40, new(TimeProvider.System))));
        });

    [Fact]
    public Task Refuses_a_line_one_byte_too_long_however_it_is_cut() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 50].Array[1, 30]).SampleAsync(async (ends, cuts) =>
        {
            var text = "short\n" + new string('x', 41) + (ends ? "\n" : new string('x', 100));
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAllAsync(new LineReader(new ChoppedStream(Encoding.UTF8.GetBytes(text), cuts), 40, new(TimeProvider.System))));
        });

    [Fact]
    public async Task Reads_a_line_of_megabytes_in_one_piece()
    {
        var text = new string('x', 3 * 1024 * 1024);
        Assert.Equal([text, "end"], await ReadAllAsync(new LineReader(new ChoppedStream(Encoding.UTF8.GetBytes(text + "\nend\n"), [8191]), 4 * 1024 * 1024, new(TimeProvider.System))));
    }

    private static async Task<List<string>> ReadAllAsync(LineReader reader)
    {
        var lines = new List<string>();
        while (await reader.NextAsync(CancellationToken.None) is { } line)
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }

    /// <summary>Gives its bytes in pieces of the sizes given, over and over.</summary>
    private sealed class ChoppedStream(byte[] bytes, int[] sizes) : MemoryStream(bytes)
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length == 0 ? buffer : buffer[..Math.Min(buffer.Length, sizes[_reads++ % sizes.Length])], cancellationToken);
    }
}
