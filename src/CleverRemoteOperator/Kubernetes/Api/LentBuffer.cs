using System.Buffers;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>
/// Memory to read into, given back empty. Of large pieces two of a size are kept: the shared pool would keep one for each thread, which
/// may be hundreds of megabytes.
/// </summary>
internal static class LentBuffer
{
    private const int Small = 64 * 1024;
    private const int LargestKept = 8 * 1024 * 1024;

    private static readonly ArrayPool<byte> Large = ArrayPool<byte>.Create(LargestKept, maxArraysPerBucket: 2);

    /// <summary>At least so many bytes.</summary>
    public static byte[] Rent(int bytes) => PoolOf(bytes).Rent(bytes);

    /// <summary>Gives it back. It may have held a Secret: so it is emptied.</summary>
    public static void Return(byte[] buffer) => PoolOf(buffer.Length).Return(buffer, clearArray: true);

    /// <summary>One of twice the size with the same in it; the old one is given back.</summary>
    public static byte[] Grow(byte[] buffer)
    {
        var larger = Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        Return(buffer);
        return larger;
    }

    private static ArrayPool<byte> PoolOf(int bytes) => bytes <= Small ? ArrayPool<byte>.Shared : Large;
}
