namespace CleverRemoteOperator.Kubernetes;

/// <summary>Reads a token from a file that others rewrite before it expires, as the kubelet does; once a minute.</summary>
internal static class TokenFile
{
    // RenewingToken reads again 30 s ahead of time.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(90);
    private const int MaxLength = 64 * 1024;

    public static ITokenSource Open(string path, TimeProvider time) => new RenewingToken(token => ReadAsync(path, time, token), time);

    private static async Task<ExpiringToken> ReadAsync(string path, TimeProvider time, CancellationToken token)
    {
        try
        {
            if (new FileInfo(path).Length is > 0 and <= MaxLength && (await File.ReadAllTextAsync(path, token)).Trim() is { Length: > 0 } text
                && text.All(character => character is > ' ' and <= '~'))
            {
                return new ExpiringToken(text, time.GetUtcNow() + KeptFor);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesApiException($"token file {path} cannot be read: {failure.Message}", null, "TokenFile", failure);
        }

        throw new KubernetesApiException($"token file {path} holds no token", null, "TokenFile");
    }
}
