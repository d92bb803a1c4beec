using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>
/// kubectl's questions about permissions, with the answers its documentation gives. On the sandbox only: a kube-apiserver put together
/// from its library has neither access reviews nor RBAC, and one with RBAC would be asked about other users.
/// </summary>
public sealed class KubectlAccessTests(ApiServers servers)
{
    [Theory]
    [InlineData("admin", "create postgresqls", true)]
    [InlineData("admin", "delete secrets --all-namespaces", true)]
    [InlineData("admin", "patch postgresqls/shop --subresource=status", true)]
    [InlineData("admin", "* *", true)]
    [InlineData("admin", "get /metrics", true)]
    [InlineData("viewer", "get postgresqls", true)]
    [InlineData("viewer", "list secrets -A", true)]
    [InlineData("viewer", "watch kvs.api.clever-cloud.com", true)]
    [InlineData("viewer", "get /healthz", true)]
    [InlineData("viewer", "create postgresqls", false)]
    [InlineData("viewer", "delete postgresqls/shop", false)]
    [InlineData("viewer", "patch postgresqls --subresource=status", false)]
    [InlineData("viewer", "* *", false)]
    public async Task It_answers_yes_or_no_and_ends_with_0_or_1(string user, string question, bool isAllowed)
    {
        var (code, output, _) = await RunAsync(user, "can-i", question.Split(' '));

        Assert.Equal((isAllowed ? 0 : 1, isAllowed ? "yes" : "no"), (code, output.Trim()));
    }

    [Theory]
    [InlineData("admin", "*.*", "[*]")]
    [InlineData("viewer", "*.*", "[get list watch head]")]
    [InlineData("viewer", "*.authorization.k8s.io", "[create]")]
    public async Task It_lists_what_is_allowed(string user, string resources, string verbs)
    {
        var (code, output, _) = await RunAsync(user, "can-i", "--list");

        Assert.Equal(0, code);
        Assert.Contains(output.Split('\n'), line => line.StartsWith(resources + " ", StringComparison.Ordinal) && line.TrimEnd().EndsWith(verbs, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("admin", "admin", "[system:masters system:authenticated]")]
    [InlineData("viewer", "viewer", "[system:authenticated]")]
    public async Task It_says_who_asks(string user, string name, string groups)
    {
        var (code, output, _) = await RunAsync(user, "whoami");

        Assert.Equal(0, code);
        Assert.Equal(["ATTRIBUTE", "VALUE", "Username", name, "Groups"], output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[..5]);
        Assert.Contains(groups, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_do_nothing_is_refused_the_answer()
    {
        var (code, output, error) = await RunAsync("denied", "can-i", "get", "/healthz");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("selfsubjectaccessreviews.authorization.k8s.io is forbidden", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string user, string command, params string[] arguments)
    {
        using var kubectl = await Kubectl.CreateAsync(await servers.GetAsync(ServerKind.Sandbox, "east"), "default", Enum.Parse<ClusterUser>(user, ignoreCase: true));
        var result = await kubectl.RunAsync("kubectl", ["auth", command, .. arguments]);
        return (result.ExitCode, result.Output, result.Error);
    }
}
