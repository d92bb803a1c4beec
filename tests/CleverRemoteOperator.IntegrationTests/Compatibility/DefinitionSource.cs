using System.Text.RegularExpressions;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>Which definitions stand for those of the reference operator.</summary>
public enum DefinitionSource
{
    /// <summary>Ours, which declare the same; they are in this repository.</summary>
    Equivalent,

    /// <summary>Its own, from the folder <c>REFERENCE_MANIFESTS</c> names.</summary>
    Original,
}

/// <summary>Where the definitions are.</summary>
internal static partial class ReferenceDefinitions
{
    private const string Variable = "REFERENCE_MANIFESTS";

    /// <summary>The file with the definitions. Skips the test when it is not there.</summary>
    public static string FileOf(DefinitionSource source)
    {
        if (source == DefinitionSource.Equivalent)
        {
            return Repository.PathOf("tests", "CleverRemoteOperator.IntegrationTests", "TestAssets", "Reference", "definitions.yaml");
        }

        var file = Path.Combine(Folder(), "crds.yaml");
        Assert.SkipUnless(File.Exists(file), $"{Folder()}, the folder {Variable} names, has no crds.yaml.");
        return file;
    }

    /// <summary>The example manifests of the reference operator, our organisation in them. Skips the test when they are not there.</summary>
    public static IReadOnlyList<string> Examples() =>
    [
        .. from file in Directory.GetFiles(Path.Combine(Folder(), "examples"), "*.yaml").Order()
           from document in File.ReadAllText(file).Split("\n---")
           where document.Contains("apiVersion: api.clever-cloud.com/", StringComparison.Ordinal)
           // Its own definition refuses the version that its example of Redis asks for.
           select Placeholder().Replace(document, Scenario.Organisation).Replace("version: 626", "version: 724", StringComparison.Ordinal),
    ];

    private static string Folder()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} is not set. Let it name a folder with crds.yaml and examples/ of the reference operator.");
        return folder!;
    }

    [GeneratedRegex("orga_<[^>]*>")]
    private static partial Regex Placeholder();
}
