using System.Text;
using CleverRemoteOperator.Configuration.Sources;
using YamlDotNet.RepresentationModel;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>Reads a kubeconfig's YAML, or tells what was given instead of one.</summary>
internal static class KubeconfigYaml
{
    private const string TooLarge = "it is larger than 1 MiB";
    private const string NoKubeconfig = "it is not a kubeconfig: expected clusters, users and contexts. To give the path of a file, use kubeconfig, or the variable …_KUBECONFIG_PATH";
    private const int ShortestBase64 = 64;

    /// <summary>The one document of the text.</summary>
    /// <param name="mistake">Why there is none; cites nothing of the text.</param>
    public static YamlMappingNode? Read(string text, out string mistake)
    {
        mistake = TooLarge;
        if (text.Length > DocumentText.FileLimit || Encoding.UTF8.GetByteCount(text) > DocumentText.FileLimit)
        {
            return null;
        }

        try
        {
            var root = YamlReader.Read(text);
            mistake = root switch
            {
                null => "it is empty",
                YamlScalarNode => WhatElse(text.Trim()),
                _ => NoKubeconfig,
            };
            return root as YamlMappingNode;
        }
        catch (DocumentException failure)
        {
            mistake = failure.Message;
            return null;
        }
    }

    // One long word is most often a kubeconfig that lost something on its way through base64.
    private static string WhatElse(string text)
    {
        var bare = text.Trim('"', '\'').TrimEnd('=');
        var looksEncoded = bare.Length >= ShortestBase64 && bare.All(character => char.IsAsciiLetterOrDigit(character) || "+/-_= \r\n".Contains(character, StringComparison.Ordinal));
        return !looksEncoded ? NoKubeconfig
            : bare.Contains('-', StringComparison.Ordinal) || bare.Contains('_', StringComparison.Ordinal) ? "it is URL-safe base64 (- and _); use standard base64 (base64 -w0 < FILE)"
            : text.Length != text.Trim('"', '\'').Length ? "it is base64 inside quotes; remove the quotes"
            : "it is truncated base64, or lacks its padding (=); encode it again (base64 -w0 < FILE)";
    }
}
