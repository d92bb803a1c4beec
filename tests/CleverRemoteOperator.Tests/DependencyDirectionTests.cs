using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Tests;

/// <summary>A folder of the operator may use only what stands left of it.</summary>
public sealed partial class DependencyDirectionTests
{
    private static readonly string[][] Order =
    [
        ["Timing", "Configuration", "Addons"],
        ["Observability"],
        ["CleverCloud", "Kubernetes"],
        ["Queueing"],
        ["Watching", "Credentials"],
        ["Clusters", "Reconciling"],
        ["Hosting", "Commands"],
    ];

    [Fact]
    public void Every_folder_uses_only_what_stands_left_of_it()
    {
        var source = RepositoryFiles.Path("src/CleverRemoteOperator");
        var wrong =
            from file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(source, file).Split(Path.DirectorySeparatorChar)
            where folder.Length > 1 && folder[0] is not ("bin" or "obj")
            from Match use in Uses().Matches(File.ReadAllText(file))
            where Place(use.Groups[1].Value) > Place(folder[0])
            select $"{Path.GetRelativePath(source, file)} uses {use.Groups[1].Value}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_has_its_place()
    {
        var folders = Directory.EnumerateDirectories(RepositoryFiles.Path("src/CleverRemoteOperator"))
            .Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj"));

        Assert.Equal(Order.SelectMany(names => names).Order(), folders.Order());
    }

    [Fact]
    public void Only_one_folder_sees_the_client_of_the_Kubernetes_library_and_any_its_models()
    {
        var source = RepositoryFiles.Path("src/CleverRemoteOperator");
        var users = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("using k8s", StringComparison.Ordinal) && line != "using k8s.Models;"))
            .Select(file => Path.GetRelativePath(source, file).Split(Path.DirectorySeparatorChar)[0]);

        Assert.Equal(["Kubernetes"], users.Distinct());
    }

    private static int Place(string folder) => Array.FindIndex(Order, names => names.Contains(folder));

    [GeneratedRegex(@"^using (?:static )?CleverRemoteOperator\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
