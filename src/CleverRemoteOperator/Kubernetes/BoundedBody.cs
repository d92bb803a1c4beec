namespace CleverRemoteOperator.Kubernetes;

/// <summary>Reads the body of an answer, but never more than allowed.</summary>
internal static class BoundedBody
{
    /// <summary>The largest page of a list that is read, in bytes.</summary>
    public const int MaxPage = 32 * 1024 * 1024;

    /// <summary>The largest single object that is read, in bytes: twice what etcd takes, and room for JSON.</summary>
    public const int MaxObject = 4 * 1024 * 1024;

    private const int UnknownLength = 4 * 1024;

    /// <summary>All of the body.</summary>
    /// <exception cref="KubernetesApiException">It is larger than <paramref name="limit"/> bytes, or broke off.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, string request, int limit, CancellationToken token)
    {
        if (response.Content.Headers.ContentLength > limit)
        {
            throw TooLarge(request, limit);
        }

        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(token);
            // One byte more than announced: the end shows without growing.
            var buffer = new byte[(response.Content.Headers.ContentLength ?? UnknownLength) + 1];
            var length = 0;
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), token)) > 0)
            {
                length += read;
                if (length > limit)
                {
                    throw TooLarge(request, limit);
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Min(2 * length, limit + 1));
                }
            }

            return buffer.AsMemory(0, length);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException or ObjectDisposedException)
        {
            throw ApiError.FromFailure(request, failure);
        }
    }

    private static KubernetesApiException TooLarge(string request, int limit) =>
        new($"{request}: the answer is larger than {limit / 1024 / 1024} MiB", null, "AnswerTooLarge");
}
