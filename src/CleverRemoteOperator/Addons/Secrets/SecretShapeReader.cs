using System.Text.RegularExpressions;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Addons.Secrets;

/// <summary>Reads <c>spec.secret</c>. Whatever is not known, or Kubernetes would not take, is a mistake.</summary>
internal static partial class SecretShapeReader
{
    private const int MaxAnnotations = 64 * 1024;
    private const string ManagedBy = "app.kubernetes.io/managed-by";
    private const string KeyRule = "letters, digits, '_', '-' and '.', at most 253, as a key of a Secret";
    private const string LabelRule = "keys and values as Kubernetes has them: at most 63 letters, digits, '_', '-' and '.', a letter or digit at both ends; before a key a DNS name and a slash if need be";

    /// <summary>The shape that a spec asks for; the default where it says nothing.</summary>
    /// <param name="mistakes">Where mistakes are noted.</param>
    public static SecretShape Read(SpecSection spec, List<string> mistakes)
    {
        if (!spec.Has("secret"))
        {
            return SecretShape.Default;
        }

        var secret = spec.Section("secret", "an object");
        secret.Only("enabled", "name", "labels", "annotations", "type", "keyPrefix", "keys", "only", "format", "restart");
        return new()
        {
            IsEnabled = !secret.Has("enabled") || secret.Flag("enabled"),
            Name = secret.Text("name", Name(), "the name of a Secret: at most 253 lower-case letters, digits, '-' and '.', a letter or digit at both ends"),
            Labels = Labels(secret, mistakes),
            Annotations = Annotations(secret, mistakes),
            Type = Type(secret, mistakes),
            KeyPrefix = secret.Text("keyPrefix", Prefix(), "1 to 63 letters, digits, '_', '-' and '.'") ?? "",
            Keys = Keys(secret, mistakes),
            Only = secret.Has("only") ? secret.Names("only", KubernetesLabels.SecretKey(), $"a list of one key or more: {KeyRule}") : null,
            Format = secret.Choice<SecretFormat>("format") ?? SecretFormat.Native,
            Restart = SecretConsumersReader.Read(secret),
        };
    }

    private static Dictionary<string, string> Labels(SpecSection secret, List<string> mistakes)
    {
        var labels = secret.Section("labels", "an object of texts").Texts(KubernetesLabels.Key(), LabelRule);
        mistakes.AddRange(labels.Where(label => !KubernetesLabels.Value().IsMatch(label.Value))
            .Select(label => $"spec.secret.labels.{label.Key} has a value that no label may have; allowed: {LabelRule}"));
        RefuseOurs("labels", labels.Keys, mistakes);
        return labels;
    }

    private static Dictionary<string, string> Annotations(SpecSection secret, List<string> mistakes)
    {
        var annotations = secret.Section("annotations", "an object of texts").Texts(KubernetesLabels.Key(), LabelRule);
        RefuseOurs("annotations", annotations.Keys, mistakes);
        if (annotations.Sum(pair => (long)pair.Key.Length + pair.Value.Length) > MaxAnnotations)
        {
            mistakes.Add($"spec.secret.annotations is too large; allowed: {MaxAnnotations} characters");
        }

        return annotations;
    }

    // By these the operator knows its own Secrets and what it wrote.
    private static void RefuseOurs(string field, IEnumerable<string> keys, List<string> mistakes) => mistakes.AddRange(keys
        .Where(key => key == ManagedBy || key.StartsWith(AddonCatalog.Group + "/", StringComparison.Ordinal))
        .Select(key => $"spec.secret.{field} has {key}, which is the operator's own; allowed: any other key"));

    // Kubernetes acts on Secrets of some of its types: it would fill one with a ServiceAccount's token.
    private static string? Type(SpecSection secret, List<string> mistakes)
    {
        const string Allowed = "Opaque, kubernetes.io/basic-auth, or a type of a domain of your own, such as servicebinding.io/postgresql";
        var type = secret.Text("type", TypeName(), Allowed);
        if (type is not (null or "Opaque" or "kubernetes.io/basic-auth") && (!type.Contains('/', StringComparison.Ordinal) || Reserved().IsMatch(type)))
        {
            mistakes.Add($"spec.secret.type is \"{type}\"; allowed: {Allowed}");
        }

        return type;
    }

    private static Dictionary<string, SecretTemplate> Keys(SpecSection secret, List<string> mistakes)
    {
        var keys = new Dictionary<string, SecretTemplate>();
        foreach (var (key, text) in secret.Section("keys", "an object of texts").Texts(KubernetesLabels.SecretKey(), KeyRule))
        {
            var (template, mistake) = SecretTemplate.Parse(text);
            if (template is not null)
            {
                keys[key] = template;
            }
            else
            {
                mistakes.Add($"spec.secret.keys.{key} {mistake}; allowed: {SecretTemplate.Allowed}");
            }
        }

        return keys;
    }

    [GeneratedRegex(@"^(?=.{1,253}\z)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[-._A-Za-z0-9]{1,63}\z")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^[A-Za-z0-9]([-./_A-Za-z0-9]{0,251}[A-Za-z0-9])?\z")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^([^/]*\.)?(kubernetes|k8s)\.io/")]
    private static partial Regex Reserved();
}
