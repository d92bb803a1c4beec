using System.Text;
using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Sources;
using Tomlyn;
using Tomlyn.Model;

namespace CleverRemoteOperator.Commands;

/// <summary>A manifest that carries the configuration into a cluster, for the in-cluster deployment.</summary>
/// <param name="Command">The command that prints it.</param>
/// <param name="Alias">Its short name.</param>
/// <param name="DataField">The field of the manifest that holds the text.</param>
internal sealed record GeneratedManifest(string Kind, string Command, string Alias, string DataField)
{
    public const string DefaultName = $"{OperatorNames.Reference}-configuration";
    public const string DefaultNamespace = RbacManifest.SystemNamespace;

    public static readonly GeneratedManifest ConfigMap = new("ConfigMap", "configmap", "cm", "data");
    public static readonly GeneratedManifest Secret = new("Secret", "secret", "s", "stringData");

    /// <summary>The manifest with all settings that were given, credentials included.</summary>
    public string Write(string name, string @namespace, IEnumerable<Setting> given)
    {
        var manifest = new StringBuilder();
        manifest.Append($"apiVersion: v1\nkind: {Kind}\nmetadata:\n  name: {name}\n  namespace: {@namespace}\n{DataField}:\n  config.toml: |\n");
        foreach (var line in Toml(given).TrimEnd('\n').Split('\n'))
        {
            manifest.Append(line.Length == 0 ? "\n" : $"    {line}\n");
        }
        return manifest.ToString();
    }

    private static string Toml(IEnumerable<Setting> given)
    {
        var settings = given.ToList();
        var document = new TomlTable();
        foreach (var section in settings.Where(setting => setting.Cluster is null).GroupBy(setting => setting.Definition.Section))
        {
            document.Add(section.Key, Table(section));
        }
        var clusters = new TomlTableArray();
        foreach (var cluster in settings.Where(setting => setting.Cluster is not null).GroupBy(setting => setting.Cluster!))
        {
            var table = Table(cluster.Where(setting => setting.Definition.Section == SettingTable.ClustersSection));
            table["name"] = cluster.Key;
            if (Table(cluster.Where(setting => setting.Definition.Section == SettingTable.ClustersApiSection)) is { Count: > 0 } api)
            {
                table.Add(SettingTable.ApiSection, api);
            }
            clusters.Add(table);
        }
        if (clusters.Count > 0)
        {
            document.Add(SettingTable.ClustersSection, clusters);
        }
        return document.Count == 0 ? "# nothing is configured" : TomlSerializer.Serialize(document, TomlDocument.Default.TomlTable);
    }

    private static TomlTable Table(IEnumerable<Setting> settings)
    {
        var table = new TomlTable();
        foreach (var setting in settings)
        {
            table.Add(setting.Definition.Key, setting.Value.Text ?? (object)List(setting.Value.Items));
        }
        return table;
    }

    private static TomlArray List(IReadOnlyList<string> items)
    {
        var list = new TomlArray();
        foreach (var item in items)
        {
            list.Add(item);
        }
        return list;
    }
}
