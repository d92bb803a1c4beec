using System.Text;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>Gets what a kubeconfig holds as base64, or refers to as a file where the cluster's options allow that.</summary>
internal sealed class KubeconfigFileReader(ClusterOptions options)
{
    /// <summary>The text behind <c>{key}-data</c> or <c>{key}</c>; null when there is none, or it is not usable.</summary>
    public PemSource? Pem(KubeconfigSection section, string key)
    {
        if (section.Text(key + "-data") is { } data)
        {
            if (section.Has(key))
            {
                section.Mistake(key, $"conflicts with {key}-data; set one of them");
            }

            return Decode(section, key + "-data", data);
        }

        return section.Text(key) is { } file && Resolve(section, key, file) is { } path ? Load(section, key, path) : null;
    }

    /// <summary>The full path of a file the kubeconfig refers to, relative to its own folder; null when it may not.</summary>
    public string? Resolve(KubeconfigSection section, string key, string file)
    {
        if (!options.AllowFiles)
        {
            section.Mistake(key, "refers to a file; to allow it, set allow-files for this cluster");
            return null;
        }

        if (options.KubeconfigPath is null && !Path.IsPathFullyQualified(file))
        {
            section.Mistake(key, "must be an absolute path, because this kubeconfig is not a file");
            return null;
        }

        return Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(options.KubeconfigPath ?? file)) ?? "/");
    }

    // In our own words: those of the system cite the path, which may be the key itself, put there by mistake.
    private static PemSource? Load(KubeconfigSection section, string key, string path)
    {
        if (RotatedFile.Read(path, out var whyNot) is { } text)
        {
            return new PemSource(text, path);
        }

        section.Mistake(key, $"refers to {PathText.ShownIfThere(path)}, which {whyNot}");
        return null;
    }

    private static PemSource? Decode(KubeconfigSection section, string key, string data)
    {
        var bytes = new byte[data.Length];
        if (Convert.TryFromBase64String(data, bytes, out var length))
        {
            return new PemSource(Encoding.UTF8.GetString(bytes, 0, length), null);
        }

        section.Mistake(key, Words(data));
        return null;
    }

    private static string Words(string data) => data switch
    {
        _ when data.StartsWith("-----BEGIN", StringComparison.Ordinal) => "is PEM; encode it as base64 (base64 -w0 < FILE)",
        _ when data.Trim().Trim('"', '\'').Length < data.Trim().Length => "is base64 inside quotes; remove the quotes",
        _ when data.Contains('-', StringComparison.Ordinal) || data.Contains('_', StringComparison.Ordinal) => "is URL-safe base64 (- and _); use standard base64 (base64 -w0 < FILE)",
        _ when Convert.TryFromBase64String(data.PadRight(data.Length + ((4 - (data.Length % 4)) % 4), '='), new byte[data.Length + 4], out _) =>
            "is truncated base64, or lacks its padding (=); encode it again (base64 -w0 < FILE)",
        _ => "is not base64",
    };
}
