using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace CleverRemoteOperator.Tests;

/// <summary>The files of the repository that this build comes from.</summary>
internal static class RepositoryFiles
{
    public static string Path(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "CleverRemoteOperator.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return System.IO.Path.Combine([folder.FullName, .. parts]);
    }

    /// <summary>A YAML document as JSON.</summary>
    public static JsonNode Json(string yaml)
    {
        var document = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(document))!;
    }
}
