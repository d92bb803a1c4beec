using System.Globalization;
using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Discovery;

/// <summary>Kubernetes' order of API versions: v2 over v1 over v1beta1 over v1alpha1 over any other name.</summary>
internal sealed partial class ApiVersionOrder : IComparer<string>
{
    public static ApiVersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        (int stability, int major, int minor) left = Rank(x ?? "");
        var order = left.CompareTo(Rank(y ?? ""));
        return order != 0 ? order : string.CompareOrdinal(y, x);
    }

    private static (int Stability, int Major, int Minor) Rank(string version)
    {
        var match = Form().Match(version);
        if (!match.Success)
        {
            return (0, 0, 0);
        }

        var stability = match.Groups["stage"].Value switch { "alpha" => 1, "beta" => 2, _ => 3 };
        return (stability, Number(match.Groups["major"]), match.Groups["minor"].Success ? Number(match.Groups["minor"]) : 0);
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^v(?<major>[1-9][0-9]{0,8})((?<stage>alpha|beta)(?<minor>[1-9][0-9]{0,8}))?\z")]
    private static partial Regex Form();
}
