namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>A file that only its owner can read, because it holds a token.</summary>
internal static class PrivateFile
{
    /// <summary>Writes the text; a file of that name is replaced. Throws <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        await using var writer = Create(path);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    /// <summary>Opens the file anew for writing; the caller closes it.</summary>
    public static StreamWriter Create(string path)
    {
        File.Delete(path);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new StreamWriter(path, options);
    }
}
