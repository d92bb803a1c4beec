using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>Whatever kubectl connects to, the operator connects to, or says why not: case by case, with kubectl as the judge.</summary>
public sealed class ConnectionTests(ApiServers servers)
{
    private static readonly Dictionary<string, ConnectionCase> Cases = new[] { KubeconfigCases.All, ServerCertificateCases.All, ClientCertificateCases.All, UserCases.All }
        .SelectMany(cases => cases).ToDictionary(pair => pair.Key, pair => pair.Value);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Connects_as_kubectl_does_or_says_why_not(string name)
    {
        var kind = RealApiServer.MissingBecause is null ? ServerKind.Real : ServerKind.Sandbox;
        await using var lab = new ConnectionLab(await servers.GetAsync(kind, "east"));
        var wanted = Cases[name];
        await File.WriteAllTextAsync(lab.Kubeconfig, await wanted.Write(lab), wanted.Encoding);

        var ours = await lab.OursAsync(wanted.IsAllowed);
        if (wanted.Refusal is null)
        {
            Assert.Null(ours);
        }
        else
        {
            Assert.True(ours?.Contains(wanted.Refusal, StringComparison.Ordinal) == true, $"wanted: {wanted.Refusal}; we: {ours ?? "connected"}");
        }

        var judged = await lab.KubectlAsync(wanted.IsRaw);
        Assert.True(wanted.Kubectl == judged is null, $"kubectl: {judged ?? "connected"}");
    }
}
