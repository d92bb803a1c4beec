using System.Text.RegularExpressions;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Which names the API allows.</summary>
internal static partial class Names
{
    private const string LabelHelp = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private const string SubdomainHelp = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private const string KeyHelp = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private const string ValueHelp = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    public static FieldError? CheckLabel(string name) => name.Length <= 63 && Label().IsMatch(name)
        ? null
        : FieldError.Invalid("metadata.name", JsonWords.Quote(name), name.Length > 63 ? "must be no more than 63 characters" : LabelHelp);

    public static FieldError? CheckSubdomain(string name) => name.Length <= 253 && Subdomain().IsMatch(name)
        ? null
        : FieldError.Invalid("metadata.name", JsonWords.Quote(name), name.Length > 253 ? "must be no more than 253 characters" : SubdomainHelp);

    public static FieldError? CheckLabelKey(string path, string key)
    {
        var parts = key.Split('/');
        return parts.Length <= 2 && QualifiedPart().IsMatch(parts[^1]) && parts[^1].Length <= 63 && (parts.Length == 1 || Subdomain().IsMatch(parts[0]))
            ? null
            : FieldError.Invalid(path, JsonWords.Quote(key), parts[^1].Length > 63 ? "name part must be no more than 63 characters" : KeyHelp);
    }

    public static FieldError? CheckLabelValue(string path, string value) => value.Length == 0 || (value.Length <= 63 && QualifiedPart().IsMatch(value))
        ? null
        : FieldError.Invalid(path, JsonWords.Quote(value), value.Length > 63 ? "must be no more than 63 characters" : ValueHelp);

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex QualifiedPart();
}
