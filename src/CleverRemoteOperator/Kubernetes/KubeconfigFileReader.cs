using System.Text;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>Gets what a kubeconfig holds as base64, or refers to as a file where the cluster's options allow that.</summary>
internal sealed class KubeconfigFileReader(ClusterOptions options)
{
    /// <summary>The text behind <c>{key}-data</c> or <c>{key}</c>; null when there is none, or it is not usable.</summary>
    public string? Pem(KubeconfigSection section, string key)
    {
        if (section.Text(key + "-data") is { } data)
        {
            if (section.Has(key))
            {
                section.Mistake(key, $"stands beside {key}-data; give one of them");
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
            section.Mistake(key, "refers to a file, which is refused unless allow-files is set for this cluster");
            return null;
        }

        if (options.KubeconfigPath is null && !Path.IsPathFullyQualified(file))
        {
            section.Mistake(key, "must be a full path, as this kubeconfig is not a file itself");
            return null;
        }

        return Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(options.KubeconfigPath ?? file)) ?? "/");
    }

    // In our own words: those of the system cite the path, which may be the key itself, put there by mistake.
    private static string? Load(KubeconfigSection section, string key, string path)
    {
        if (BoundedFile.Read(path, out var whyNot) is { } text)
        {
            return text;
        }

        section.Mistake(key, $"refers to a file that {whyNot}");
        return null;
    }

    private static string? Decode(KubeconfigSection section, string key, string data)
    {
        var bytes = new byte[data.Length];
        if (Convert.TryFromBase64String(data, bytes, out var length))
        {
            return Encoding.UTF8.GetString(bytes, 0, length);
        }

        section.Mistake(key, "is not base64");
        return null;
    }
}
