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
internal static class ReferenceDefinitions
{
    private const string Variable = "REFERENCE_MANIFESTS";

    /// <summary>The file with the definitions. Skips the test when it is not there.</summary>
    public static string FileOf(DefinitionSource source)
    {
        if (source == DefinitionSource.Equivalent)
        {
            return Repository.PathOf("tests", "CleverRemoteOperator.IntegrationTests", "TestAssets", "Reference", "definitions.yaml");
        }

        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} is not set. Let it name a folder with crds.yaml of the reference operator.");
        var file = Path.Combine(folder!, "crds.yaml");
        Assert.SkipUnless(File.Exists(file), $"{folder}, the folder {Variable} names, has no crds.yaml.");
        return file;
    }
}
