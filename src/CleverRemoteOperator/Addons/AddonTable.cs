using System.Text;

namespace CleverRemoteOperator.Addons;

/// <summary>The kinds as a table for people, in Markdown.</summary>
internal static class AddonTable
{
    /// <summary>One line a kind, ending in a line feed.</summary>
    public static string Markdown()
    {
        var table = new StringBuilder()
            .Append("| kind | what it is | API versions | short names | fields of its own | status of its own | provider |\n")
            .Append("|---|---|---|---|---|---|---|\n");
        foreach (var kind in AddonCatalog.All)
        {
            table.Append($"| `{kind.Name}` | {kind.Description} | {Code(kind.Groups.SelectMany(ApiVersions))} | {Code(kind.ShortNames)} "
                + $"| {Code(Fields(kind))} | {Code(kind.StatusFromEnvironment.Select(field => field.Name))} | `{kind.ProviderId}` |\n");

            IEnumerable<string> ApiVersions(string apiGroup) => kind.Versions.Select(version => $"{apiGroup}/{version}");
        }

        return table.ToString();
    }

    private static IEnumerable<string> Fields(AddonKind kind) => kind.FlatFields.Concat(kind.WritesVariables ? ["variables"] : []);

    private static string Code(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));
}
