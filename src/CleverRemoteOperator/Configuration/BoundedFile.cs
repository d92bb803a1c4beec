using System.Text;

namespace CleverRemoteOperator.Configuration;

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
            using var file = File.OpenRead(path);
            using var bytes = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int count; (count = file.Read(buffer)) > 0 && bytes.Length <= DocumentText.FileLimit;)
            {
                bytes.Write(buffer, 0, count);
            }
            if (bytes.Length > DocumentText.FileLimit)
            {
                whyNot = "is too large; allowed: 1 MiB";
                return null;
            }
            whyNot = "";
            return Text(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).TrimStart('\uFEFF');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            whyNot = e switch
            {
                FileNotFoundException or DirectoryNotFoundException => "does not exist",
                UnauthorizedAccessException when Directory.Exists(path) => "is a folder; allowed: a file",
                UnauthorizedAccessException => "cannot be read: permission denied",
                DecoderFallbackException => "is no UTF-8 text",
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
