using System.Buffers;
using System.IO.Pipelines;

namespace CleverRemoteOperator.Watching;

/// <summary>Reads a stream line by line, and never keeps more than one line of bounded length.</summary>
/// <param name="limit">The longest line, in bytes.</param>
internal sealed class LineReader(Stream stream, int limit)
{
    // An idle stream waits with an empty read, and so holds no buffer.
    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true, useZeroByteReads: true));
    private SequencePosition? _read;

    /// <summary>The next line without its end, valid until the next call; null when the stream ended after a whole line.</summary>
    /// <exception cref="EndOfStreamException">The stream ended within a line.</exception>
    /// <exception cref="InvalidDataException">The line is longer than allowed; the reader is of no use any more.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken token)
    {
        if (_read is { } read)
        {
            _pipe.AdvanceTo(read);
            _read = null;
        }

        long searched = 0;
        while (true)
        {
            var result = await _pipe.ReadAsync(token);
            var buffer = result.Buffer;
            if (buffer.Slice(searched).PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                RequireShort(line.Length);
                _read = buffer.GetPosition(1, end);
                return line.IsSingleSegment ? line.First : line.ToArray();
            }

            RequireShort(buffer.Length);
            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new EndOfStreamException("the stream ended within a line");
            }

            searched = buffer.Length;
            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private void RequireShort(long length)
    {
        if (length > limit)
        {
            throw new InvalidDataException($"a line is longer than {limit} bytes");
        }
    }
}
