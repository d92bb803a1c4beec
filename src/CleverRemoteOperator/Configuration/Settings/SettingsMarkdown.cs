using System.Text;

namespace CleverRemoteOperator.Configuration.Settings;

/// <summary>The table of settings for the documentation.</summary>
internal static class SettingsMarkdown
{
    public static string Table()
    {
        var table = new StringBuilder("| key | variable | default | what it is | allowed |\n|---|---|---|---|---|\n");
        foreach (var setting in SettingTable.All)
        {
            var variable = setting is { Section: SettingTable.ClustersSection, Key: "name" } ? "`<NAME>` in the others" : $"`{setting.Variable}`";
            var other = setting.OtherVariable is { } shorter ? $", `{shorter}`" : "";
            var @default = setting.Default.Length > 0 ? $"`{setting.Default}`" : "";
            var secret = setting.Secret ? " *Secret.*" : "";
            table.Append($"| `{setting.Section}.{setting.Key}` | {variable}{other} | {@default} | {setting.Description}{secret} | {setting.Allowed.Replace("\"", "`", StringComparison.Ordinal)} |\n");
        }
        return table.ToString();
    }
}
