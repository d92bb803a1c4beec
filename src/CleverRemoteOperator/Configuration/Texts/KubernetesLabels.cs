using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Configuration.Texts;

/// <summary>What Kubernetes allows as keys and values of labels, as keys of annotations and as keys of Secrets.</summary>
internal static partial class KubernetesLabels
{
    /// <summary>Key of a label or an annotation: a name of 63 characters at most, with a DNS name and a slash before it if need be.</summary>
    [GeneratedRegex(@"^(?=[^/]{1,253}(/[^/]{1,63})?\z)([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z")]
    public static partial Regex Key();

    /// <summary>Value of a label; it may be empty.</summary>
    [GeneratedRegex(@"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?\z")]
    public static partial Regex Value();

    /// <summary>Key of a Secret's data.</summary>
    [GeneratedRegex(@"^(?!\.\.|\.\z)[-._A-Za-z0-9]{1,253}\z")]
    public static partial Regex SecretKey();
}
