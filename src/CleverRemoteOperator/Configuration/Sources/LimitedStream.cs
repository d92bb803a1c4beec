namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Reads a stream up to a limit; beyond it <see cref="LimitExceededException"/>.</summary>
/// <param name="limit">In bytes, after decompression.</param>
internal sealed class LimitedStream(Stream inner, int limit) : ForwardStream(inner)
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await Inner.ReadAsync(buffer, cancellationToken));

    public override int Read(byte[] buffer, int offset, int count) => Count(Inner.Read(buffer, offset, count));

    private int Count(int more)
    {
        _read += more;
        return _read <= limit ? more : throw new LimitExceededException(limit);
    }
}

/// <summary>There is more to read than is read.</summary>
internal sealed class LimitExceededException(int limit) : Exception($"The answer is larger than {limit / 1024 / 1024} MiB.");
