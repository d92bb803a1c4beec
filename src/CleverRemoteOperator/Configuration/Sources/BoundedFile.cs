using System.Text;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Reads small text files, UTF-8 or UTF-16 with a byte order mark, and no more of a file than is allowed.</summary>
internal static class BoundedFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What PowerShell writes: kubectl reads it too.
    private static readonly UnicodeEncoding[] Wide = [new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)];

    /// <summary>The file's text; null, and why, when it cannot be read. Pipes can be read too.</summary>
    public static string? Read(string path, out string whyNot)
    {
        try
        {
            using var file = new LimitedStream(File.OpenRead(path), DocumentText.FileLimit);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            whyNot = "";
            return Text(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).TrimStart('\uFEFF');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException or LimitExceededException)
        {
            whyNot = e switch
            {
                FileNotFoundException or DirectoryNotFoundException => "does not exist",
                UnauthorizedAccessException when Directory.Exists(path) => "is a folder; allowed: a file",
                UnauthorizedAccessException => "cannot be read: permission denied",
                DecoderFallbackException => "is not UTF-8 text",
                LimitExceededException => "is larger than 1 MiB",
                _ => "cannot be read",
            };
            return null;
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        foreach (var encoding in Wide)
        {
            if (bytes.StartsWith(encoding.Preamble))
            {
                return encoding.GetString(bytes);
            }
        }
        return Strict.GetString(bytes);
    }
}
