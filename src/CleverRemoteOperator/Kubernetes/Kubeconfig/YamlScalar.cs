using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Sources;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>Tells what a word of YAML 1.1 means, as kubectl reads it.</summary>
internal static class YamlScalar
{
    /// <summary>Words for true.</summary>
    public static readonly IReadOnlyList<string> Yes = ["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"];

    /// <summary>Words for false.</summary>
    public static readonly IReadOnlyList<string> No = ["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"];

    /// <summary>The scalar as JSON.</summary>
    public static JsonValue? Json(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        return YamlReader.IsNull(scalar) ? null
            : scalar.Style != ScalarStyle.Plain ? JsonValue.Create(text)
            : Yes.Contains(text) ? JsonValue.Create(true)
            : No.Contains(text) ? JsonValue.Create(false)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && IsPlainNumber(text) ? JsonValue.Create(number)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) && double.IsFinite(fraction) && IsPlainNumber(text) ? JsonValue.Create(fraction)
            : JsonValue.Create(text);
    }

    // A leading zero makes an octal number of it, or a text: left as it is written.
    private static bool IsPlainNumber(string text)
    {
        var digits = text.TrimStart('+', '-');
        return digits.Length > 0 && char.IsAsciiDigit(digits[0]) && (digits.Length == 1 || digits[0] != '0' || digits[1] is '.' or 'e' or 'E');
    }
}
