using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Watching;

/// <summary>
/// Reads a stream line by line, and never keeps more than one line of bounded length. While nothing comes it holds no memory; a line
/// beyond 64 KiB waits until it may be large, and must then come at a pace.
/// </summary>
/// <param name="limit">The longest line, in bytes.</param>
/// <param name="limits">Those of the cluster.</param>
/// <param name="received">Hears how many bytes have come each time some came.</param>
internal sealed class LineReader(Stream stream, int limit, ClusterLimits limits, Action<int>? received = null) : IDisposable
{
    private const int Chunk = 16 * 1024;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private ReadPace? _pace;

    /// <summary>The next line without its end, valid until the next call; null when the stream ended after a whole line.</summary>
    /// <exception cref="EndOfStreamException">The stream ended within a line.</exception>
    /// <exception cref="InvalidDataException">The line is longer than allowed, or came too slowly; the reader is of no use any more.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken token)
    {
        ShrinkIfDone();
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan((_start + searched).._end).IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += searched;
                RequireShort(length);
                var line = _buffer.AsMemory(_start, length);
                _start += length + 1;
                return line;
            }

            searched = _end - _start;
            RequireShort(searched);
            await MakeRoomAsync(token);
            if (await ReadAsync(token) == 0)
            {
                return searched == 0 ? null : throw new EndOfStreamException("the stream ended inside a line");
            }
        }
    }

    /// <summary>Gives back what it holds.</summary>
    public void Dispose()
    {
        Replace([]);
        (_start, _end) = (0, 0);
        EndLarge();
    }

    private async ValueTask<int> ReadAsync(CancellationToken token)
    {
        // Small steps: what follows a large line needs no large buffer then.
        var room = _buffer.AsMemory(_end, Math.Min(Chunk, _buffer.Length - _end));
        int read;
        if (_pace is { } pace)
        {
            try
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(token, pace.Token);
                read = await stream.ReadAsync(room, either.Token);
            }
            catch (OperationCanceledException) when (pace.HasExpired && !token.IsCancellationRequested)
            {
                throw new InvalidDataException($"a long line arrived too slowly: {pace}");
            }

            pace.Received(read);
        }
        else
        {
            read = await stream.ReadAsync(room, token);
        }

        _end += read;
        received?.Invoke(read);
        return read;
    }

    private async ValueTask MakeRoomAsync(CancellationToken token)
    {
        if (_start == _end)
        {
            Replace([]);
            (_start, _end) = (0, 0);
            // Waits without a buffer.
            _ = await stream.ReadAsync(Memory<byte>.Empty, token);
            Replace(LentBuffer.Rent(Chunk));
        }
        else if (_end == _buffer.Length && _start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else if (_end == _buffer.Length)
        {
            if (_pace is null && _buffer.Length >= BoundedBody.Large)
            {
                await limits.Large.WaitAsync(token);
                _pace = new ReadPace(limits.Time, CancellationToken.None);
            }

            Replace(LentBuffer.Rent(2 * _buffer.Length));
        }
    }

    // A large line was read: what came after it moves to a small buffer, and another stream may have its turn.
    private void ShrinkIfDone()
    {
        if (_pace is not null && _end - _start <= Chunk)
        {
            Replace(LentBuffer.Rent(Chunk));
            EndLarge();
        }
    }

    private void Replace(byte[] buffer)
    {
        var old = _buffer;
        if (buffer.Length > 0)
        {
            old.AsSpan(_start.._end).CopyTo(buffer);
            (_start, _end) = (0, _end - _start);
        }

        _buffer = buffer;
        if (old.Length > 0)
        {
            LentBuffer.Return(old);
        }
    }

    private void EndLarge()
    {
        if (_pace is { } pace)
        {
            pace.Dispose();
            _pace = null;
            limits.Large.Release();
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
