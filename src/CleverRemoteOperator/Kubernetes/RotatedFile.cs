using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>Reads a small file that somebody else rewrites.</summary>
internal static class RotatedFile
{
    /// <summary>The file's text; null, and why, when there is none. One that is empty is just being written, or a pipe, which would never answer.</summary>
    public static string? Read(string path, out string whyNot)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            whyNot = "is empty";
            return null;
        }

        return BoundedFile.Read(path, out whyNot);
    }
}
