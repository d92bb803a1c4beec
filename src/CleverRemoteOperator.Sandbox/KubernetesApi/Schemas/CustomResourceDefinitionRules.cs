using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>What the API demands of a CustomResourceDefinition.</summary>
internal static partial class CustomResourceDefinitionRules
{
    private const string Label =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character "
        + "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string Subdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + @"(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <summary>All mistakes, of a new definition its name among them; the names singular and listKind may be left out, as the API fills them in.</summary>
    public static IReadOnlyList<FieldError> Validate(JsonObject crd, bool isNew)
    {
        List<FieldError> errors = [];
        var spec = crd["spec"] as JsonObject ?? [];
        var names = spec["names"] as JsonObject ?? [];
        var group = Text(spec, "group");
        var name = Text(crd["metadata"] as JsonObject ?? [], "name");
        if (isNew && name != $"{Text(names, "plural")}.{group}")
        {
            errors.Add(FieldError.Invalid("metadata.name", JsonWords.Quote(name), "must be spec.names.plural+\".\"+spec.group"));
        }

        Group(group, crd, errors);
        var scope = Text(spec, "scope");
        if (scope.Length == 0)
        {
            errors.Add(FieldError.Required("spec.scope"));
        }
        else if (scope is not ("Cluster" or "Namespaced"))
        {
            errors.Add(FieldError.NotSupported("spec.scope", JsonWords.Quote(scope), ["Cluster", "Namespaced"]));
        }

        if (Flag(spec, "preserveUnknownFields"))
        {
            errors.Add(FieldError.Invalid("spec.preserveUnknownFields", "true",
                "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"));
        }

        Names(names, errors);
        VersionRules.Validate(spec, errors);
        return errors;
    }

    public static string Text(JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    public static bool Flag(JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static void CheckLabel(string path, string value, List<FieldError> errors)
    {
        if (value.Length > 63 || !LabelPattern().IsMatch(value))
        {
            errors.Add(FieldError.Invalid(path, JsonWords.Quote(value), Label));
        }
    }

    private static void Group(string group, JsonObject crd, List<FieldError> errors)
    {
        if (group.Length == 0)
        {
            errors.Add(FieldError.Required("spec.group"));
        }
        else if (!SubdomainPattern().IsMatch(group))
        {
            errors.Add(FieldError.Invalid("spec.group", JsonWords.Quote(group), Subdomain));
        }
        else if (!group.Contains('.', StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid("spec.group", JsonWords.Quote(group), "should be a domain with at least one dot"));
        }
        else if ((group.EndsWith(".k8s.io", StringComparison.Ordinal) || group.EndsWith(".kubernetes.io", StringComparison.Ordinal))
            && crd["metadata"]?["annotations"]?["api-approved.kubernetes.io"] is null)
        {
            errors.Add(FieldError.Required("metadata.annotations[api-approved.kubernetes.io]",
                "protected groups must have approval annotation \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111"));
        }
    }

    private static void Names(JsonObject names, List<FieldError> errors)
    {
        var kind = Text(names, "kind");
        var listKind = names.ContainsKey("listKind") || kind.Length == 0 ? Text(names, "listKind") : kind + "List";
        var singular = names.ContainsKey("singular") ? Text(names, "singular") : kind.ToLowerInvariant();
        Lower("spec.names.plural", Text(names, "plural"), errors);
        Lower("spec.names.singular", singular, errors);
        Mixed("spec.names.kind", kind, errors);
        Mixed("spec.names.listKind", listKind, errors);
        if (kind.Length > 0 && kind == listKind)
        {
            errors.Add(FieldError.Invalid("spec.names.listKind", JsonWords.Quote(listKind), "kind and listKind may not be the same"));
        }

        foreach (var list in new[] { "shortNames", "categories" })
        {
            var values = names[list] as JsonArray ?? [];
            for (var i = 0; i < values.Count; i++)
            {
                CheckLabel($"spec.names.{list}[{i}]", values[i]?.ToString() ?? "", errors);
            }
        }
    }

    private static void Lower(string path, string value, List<FieldError> errors)
    {
        if (value.Length == 0)
        {
            errors.Add(FieldError.Required(path));
        }
        else
        {
            CheckLabel(path, value, errors);
        }
    }

    private static void Mixed(string path, string value, List<FieldError> errors)
    {
        if (value.Length == 0)
        {
            errors.Add(FieldError.Required(path));
        }
        else if (!LabelPattern().IsMatch(value.ToLowerInvariant()))
        {
            errors.Add(FieldError.Invalid(path, JsonWords.Quote(value), "may have mixed case, but should otherwise match: " + Label));
        }
    }

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainPattern();
}
