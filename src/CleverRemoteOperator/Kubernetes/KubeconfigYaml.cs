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
            mistake = yaml.Documents.Count switch
            {
                0 => "it is empty",
                1 => "it is not a kubeconfig: clusters, users and contexts are expected; the path of a file goes into kubeconfig, in a variable …_KUBECONFIG_PATH",
                _ => "it must hold exactly one YAML document",
            };
            return yaml.Documents.Count == 1 ? yaml.Documents[0].RootNode as YamlMappingNode : null;
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
