using CleverRemoteOperator.IntegrationTests.CleverTools;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>The real kubectl works on the sandbox as on a real kube-apiserver.</summary>
public sealed class KubectlScriptTests(ApiServers servers)
{
    private const string Namespace = "kubectl-script";

    [Fact]
    public async Task Every_line_gets_the_same_answer_from_the_sandbox_and_from_a_real_server()
    {
        var real = await servers.GetAsync(ServerKind.Real, "kubectl", Definitions());
        var sandbox = await servers.GetAsync(ServerKind.Sandbox, "kubectl", Definitions());

        var answers = await Task.WhenAll(AnswersAsync(real, isComplete: false), AnswersAsync(sandbox, isComplete: true));

        var differences = KubectlScript.Lines().Zip(answers[0], answers[1])
            .Where(step => step.Second is null ? step.Third!.ExitCode != 0 : KubectlScript.Comparable(step.Second) != KubectlScript.Comparable(step.Third!))
            .Select(step => $"$ {step.First.Text}\n--- real\n{(step.Second is null ? "cannot" : KubectlScript.Comparable(step.Second))}\n--- sandbox\n{KubectlScript.Comparable(step.Third!)}");
        Assert.True(!differences.Any(), string.Join("\n\n", differences));
    }

    private static string[] Definitions() =>
        [.. from plural in (string[])["postgresqls", "kvs"] select Repository.PathOf("deployments", "crds", "product", $"{plural}.api.clever-cloud.com.yaml")];

    /// <summary>Runs every line; null for one that the server lacks a type for, unless it is to have them all.</summary>
    private static async Task<List<Finished?>> AnswersAsync(TestCluster cluster, bool isComplete)
    {
        await cluster.CreateNamespaceAsync(Namespace);
        using var kubectl = await Kubectl.CreateAsync(cluster, Namespace);
        var types = (await kubectl.SaysAsync(null, "api-resources", "-o", "name")).Split('\n').Select(name => name.Split('.')[0]).ToHashSet();
        List<Finished?> answers = [];
        foreach (var line in KubectlScript.Lines())
        {
            var isServed = isComplete || line.NeededType is null || types.Contains(line.NeededType);
            answers.Add(isServed ? await kubectl.RunLineAsync(line.Text, KubectlScript.Folder) : null);
        }

        return answers;
    }
}
