using System.CommandLine;
using System.Globalization;
using CleverRemoteOperator.Commands;
using CleverRemoteOperator.Commands.Rbac;

namespace CleverRemoteOperator.Tests.Commands;

public sealed class RbacCommandTests
{
    [Fact]
    public void Without_a_namespace_it_prints_the_permissions_for_the_whole_cluster()
    {
        var (code, output, _) = Run("rbac view");

        Assert.Equal(0, code);
        Assert.Equal(new RbacManifest().ClusterWide("default"), output);
    }

    [Fact]
    public void Namespaces_are_served_once_each_and_the_first_has_the_Lease()
    {
        var (_, output, _) = Run("rbac view -n shop -n blog -n shop --no-secret-list");

        Assert.Equal(new RbacManifest(MayListSecrets: false).PerNamespace(["shop", "blog"], "shop"), output);
    }

    [Fact]
    public void The_Lease_may_be_in_another_namespace()
    {
        Assert.Equal(new RbacManifest().PerNamespace(["shop"], "ops"), Run("rbac view -n shop --lease-namespace ops").Output);
    }

    [Fact]
    public void What_a_restart_needs_is_printed_alone()
    {
        Assert.Equal(RbacManifest.Restart([]), Run("rbac view --restart").Output);
        Assert.Equal(RbacManifest.Restart(["shop"]), Run("rbac view --restart -n shop").Output);
    }

    [Fact]
    public void What_Service_Binding_needs_is_printed_alone() => Assert.Equal(RbacManifest.ServiceBinding(), Run("rbac view --service-binding").Output);

    [Theory]
    [InlineData("rbac view -n Shop", "error: option --namespace: \"Shop\" is not allowed; allowed: ")]
    [InlineData("rbac view -n *", "error: option --namespace: \"*\" is not allowed; allowed: ")]
    [InlineData("rbac view --lease-namespace -ops-", "error: option --lease-namespace: \"-ops-\" is not allowed; allowed: ")]
    public void A_name_that_is_none_gives_one_line_and_no_manifest(string line, string expected)
    {
        var (code, output, error) = Run(line);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith(expected, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public void A_folder_gets_one_file()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (code, output, _) = Run($"rbac view --output {Path.Combine(folder.FullName, "new")}");

            Assert.Equal(0, code);
            Assert.Empty(output);
            Assert.Equal(new RbacManifest().ClusterWide("default"), File.ReadAllText(Path.Combine(folder.FullName, "new", "rbac.yaml")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Code, string Output, string Error) Run(string line)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = new RootCommand { RbacCommand.Create() }.Parse(line).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
