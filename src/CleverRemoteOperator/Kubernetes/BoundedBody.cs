namespace CleverRemoteOperator.Kubernetes;

/// <summary>Reads the body of an answer, but never more than allowed.</summary>
internal static class BoundedBody
{
    /// <summary>The largest page of a list that is read, in bytes.</summary>
    public const int MaxPage = 8 * 1024 * 1024;

    /// <summary>Reason of an answer that was larger than allowed.</summary>
    public const string TooLargeReason = "AnswerTooLarge";

    /// <summary>From so many bytes on an answer is large: few of these are read at once.</summary>
    public const int Large = 64 * 1024;

    /// <summary>The largest single object that is read, in bytes: twice what etcd takes, and room for JSON.</summary>
    public const int MaxObject = 4 * 1024 * 1024;

    private const int UnknownLength = 4 * 1024;

    /// <summary>All of the body.</summary>
    /// <param name="large">Waited for before more than <see cref="Large"/> bytes are read; null when nothing bounds how many are read at once.</param>
    /// <param name="received">Hears how many bytes have come each time some came.</param>
    /// <exception cref="KubernetesApiException">It is larger than <paramref name="limit"/> bytes, or broke off.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, string request, int limit, CancellationToken token, SemaphoreSlim? large = null, Action<int>? received = null)
    {
        if (response.Content.Headers.ContentLength > limit)
        {
            throw TooLarge(request, limit);
        }

        var isLarge = false;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(token);
            // One byte more than announced: the end shows without growing. What is only announced takes no memory yet.
            var buffer = new byte[Math.Min(response.Content.Headers.ContentLength ?? UnknownLength, Large) + 1];
            var length = 0;
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), token)) > 0)
            {
                received?.Invoke(read);
                length += read;
                if (length > limit)
                {
                    throw TooLarge(request, limit);
                }

                if (length < buffer.Length)
                {
                    continue;
                }

                if (!isLarge && large is not null && length > Large)
                {
                    await large.WaitAsync(token);
                    isLarge = true;
                }

                Array.Resize(ref buffer, Math.Min(2 * length, limit + 1));
            }

            return buffer.AsMemory(0, length);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw ApiError.FromFailure(request, failure);
        }
        finally
        {
            if (isLarge)
            {
                large!.Release();
            }
        }
    }

    private static KubernetesApiException TooLarge(string request, int limit) =>
        new($"{request}: the answer is larger than {limit / 1024 / 1024} MiB", null, TooLargeReason);
}
