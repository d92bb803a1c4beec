using CleverRemoteOperator.Configuration;

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
            // The system's words cite the path, which may be the token itself, put there by mistake.
            throw new KubernetesApiException($"token file {PathText.Shown(path)} {(failure is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read")}", null, "TokenFile");
        }

        throw new KubernetesApiException($"token file {PathText.Shown(path)} holds no token", null, "TokenFile");
    }
}
