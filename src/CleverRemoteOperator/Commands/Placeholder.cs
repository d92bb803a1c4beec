using System.Text.RegularExpressions;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Settings;

namespace CleverRemoteOperator.Commands;

/// <summary>Values of samples and templates that nobody has replaced: <c>&lt;your_token&gt;</c>.</summary>
internal static partial class Placeholder
{
    public static bool Is(string text) => Sample().IsMatch(text.Trim());

    /// <summary>Every setting that holds one. Cites nothing of it, as a secret may stand in its place.</summary>
    public static IEnumerable<ConfigurationMistake> In(IEnumerable<Setting> given) =>
        from setting in given
        where setting.Value.Items.Any(Is)
        select new ConfigurationMistake(setting.Source, $"holds a placeholder of a sample; put the {setting.Definition.Key} itself there");

    [GeneratedRegex(
        @"\A(<[^<>]*>|\$\{\w+\}|(your|another)[ _-](token|secret|bearer|consumer|kubeconfig|organisation)([ _-]\w+)*|base64 of .*|orga_(0+-?)+|orga_(x+-?)+|orga_…|change[ _-]?me|replace[ _-]?me|todo|\.\.\.|…)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sample();
}
