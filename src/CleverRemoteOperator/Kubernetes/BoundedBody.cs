namespace CleverRemoteOperator.Kubernetes;

/// <summary>Reads the body of an answer, but never more than allowed.</summary>
internal static class BoundedBody
{
    /// <summary>The largest page of a list that is read, in bytes.</summary>
    public const int MaxPage = 32 * 1024 * 1024;

    /// <summary>The largest single object that is read, in bytes: twice what etcd takes, and room for JSON.</summary>
    public const int MaxObject = 4 * 1024 * 1024;

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
            var buffer = new MemoryStream((int)(response.Content.Headers.ContentLength ?? 0));
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = await stream.ReadAsync(chunk, token)) > 0)
            {
                if (buffer.Length + read > limit)
                {
                    throw TooLarge(request, limit);
                }

                buffer.Write(chunk, 0, read);
            }

            return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw ApiError.FromFailure(request, failure);
        }
    }

    private static KubernetesApiException TooLarge(string request, int limit) =>
        new($"{request}: the answer is larger than {limit / 1024 / 1024} MiB", null, "AnswerTooLarge");
}
