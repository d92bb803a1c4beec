using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Looks at the body of an answer, which is gone afterwards.</summary>
internal delegate T BodyReader<out T>(ReadOnlySpan<byte> body);

/// <summary>Reads the body of an answer, but never more than allowed.</summary>
internal static class BoundedBody
{
    /// <summary>The largest page of a list that is read, in bytes.</summary>
    public const int MaxPage = (8 * 1024 * 1024) - 1;

    /// <summary>From so many bytes on an answer is large: few of these are read at once.</summary>
    public const int Large = 64 * 1024;

    /// <summary>The largest single object that is read, in bytes: twice what etcd takes, and room for JSON.</summary>
    public const int MaxObject = (4 * 1024 * 1024) - 1;

    private const int Start = 4 * 1024;

    /// <summary>All of the body, to keep.</summary>
    /// <exception cref="KubernetesApiException">It is larger than <paramref name="limit"/> bytes, or broke off.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, string request, int limit, CancellationToken token) =>
        await ReadAsync(response, request, limit, body => body.ToArray(), token);

    /// <summary>All of the body, to look at: in memory that is lent, since megabytes of it would be garbage for long.</summary>
    /// <param name="large">Waited for before more than <see cref="Large"/> bytes are read; null when nothing bounds how many are read at once.</param>
    /// <param name="received">Hears how many bytes have come each time some came.</param>
    /// <exception cref="KubernetesApiException">It is larger than <paramref name="limit"/> bytes, or broke off.</exception>
    public static async Task<T> ReadAsync<T>(
        HttpResponseMessage response, string request, int limit, BodyReader<T> read, CancellationToken token, SemaphoreSlim? large = null,
        Action<int>? received = null)
    {
        if (response.Content.Headers.ContentLength > limit)
        {
            throw TooLarge(request, limit);
        }

        // What is only announced takes no memory yet.
        var buffer = LentBuffer.Rent(Start);
        var isLarge = false;
        try
        {
            await using var stream = new LimitedStream(await response.Content.ReadAsStreamAsync(token), limit);
            var length = 0;
            int more;
            while ((more = await stream.ReadAsync(buffer.AsMemory(length), token)) > 0)
            {
                received?.Invoke(more);
                length += more;
                if (length == buffer.Length)
                {
                    if (!isLarge && large is not null && length >= Large)
                    {
                        await large.WaitAsync(token);
                        isLarge = true;
                    }

                    buffer = LentBuffer.Grow(buffer);
                }
            }

            return read(buffer.AsSpan(0, length));
        }
        catch (LimitExceededException)
        {
            throw TooLarge(request, limit);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException or ObjectDisposedException)
        {
            throw ApiError.FromFailure(request, failure);
        }
        finally
        {
            LentBuffer.Return(buffer);
            if (isLarge)
            {
                large!.Release();
            }
        }
    }

    private static KubernetesApiException TooLarge(string request, int limit) =>
        new($"{request}: the answer is larger than {(limit + 1) / 1024 / 1024} MiB", null, FailureReason.TooLarge);
}
