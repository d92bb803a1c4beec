using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>Reads a kubeconfig's YAML so that a hostile one costs little: bounded size, depth and count, no aliases.</summary>
internal static class KubeconfigYaml
{
    public const int MaxBytes = 1024 * 1024;
    public const string TooLarge = "it is larger than 1 MiB";
    private const string NoKubeconfig = "it is not a kubeconfig: clusters, users and contexts are expected; the path of a file goes into kubeconfig, in a variable …_KUBECONFIG_PATH";
    private const int ShortestBase64 = 64;

    /// <summary>The one document of the text.</summary>
    /// <param name="mistake">Why there is none; cites nothing of the text.</param>
    public static YamlMappingNode? Read(string text, out string mistake)
    {
        mistake = TooLarge;
        if (text.Length > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            return null;
        }

        try
        {
            var yaml = new YamlStream();
            yaml.Load(new BoundedParser(new Parser(new StringReader(text))));
            // What follows the last "---" may be nothing at all.
            var documents = yaml.Documents.Where(document => document.RootNode is not YamlScalarNode { Value: null or "" }).ToList();
            mistake = documents.Count switch
            {
                0 => "it is empty",
                1 when documents[0].RootNode is YamlScalarNode => WhatElse(text.Trim()),
                1 => NoKubeconfig,
                _ => "it must hold exactly one YAML document",
            };
            return documents.Count == 1 ? documents[0].RootNode as YamlMappingNode : null;
        }
        catch (BoundExceededException exceeded)
        {
            mistake = $"line {exceeded.Start.Line}: {exceeded.Message}";
            return null;
        }
        catch (YamlException failure)
        {
            mistake = $"line {failure.Start.Line}, column {failure.Start.Column}: not YAML, or a key that is there twice";
            return null;
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException)
        {
            // The parser loses its state over some texts instead of saying where they break.
            mistake = "not YAML";
            return null;
        }
    }

    // One long word is most often a kubeconfig that lost something on its way through base64.
    private static string WhatElse(string text)
    {
        var bare = text.Trim('"', '\'').TrimEnd('=');
        var looksEncoded = bare.Length >= ShortestBase64 && bare.All(character => char.IsAsciiLetterOrDigit(character) || "+/-_= \r\n".Contains(character, StringComparison.Ordinal));
        return !looksEncoded ? NoKubeconfig
            : bare.Contains('-', StringComparison.Ordinal) || bare.Contains('_', StringComparison.Ordinal) ? "it is base64 of the sort for URLs (- and _): give the usual one (base64 -w0 < FILE)"
            : text.Length != text.Trim('"', '\'').Length ? "it is base64 in quotes: leave them out"
            : "it is base64 that is cut off, or lacks its padding (=): give it whole (base64 -w0 < FILE)";
    }

    private sealed class BoundedParser(Parser parser) : IParser
    {
        private const int MaxDepth = 32;
        private const int MaxEvents = 100_000;

        private int _depth;
        private int _events;

        public ParsingEvent? Current => parser.Current;

        public bool MoveNext()
        {
            if (!parser.MoveNext())
            {
                return false;
            }

            _depth += parser.Current!.NestingIncrease;
            return parser.Current switch
            {
                AnchorAlias alias => throw new BoundExceededException(alias.Start, alias.End, "YAML aliases are not allowed in a kubeconfig"),
                { } current when _depth > MaxDepth => throw new BoundExceededException(current.Start, current.End, $"nested deeper than {MaxDepth} levels"),
                { } current when ++_events > MaxEvents => throw new BoundExceededException(current.Start, current.End, $"more than {MaxEvents} values"),
                _ => true,
            };
        }
    }

    private sealed class BoundExceededException(Mark start, Mark end, string message) : YamlException(start, end, message);
}
