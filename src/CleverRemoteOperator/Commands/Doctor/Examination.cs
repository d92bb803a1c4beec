using System.Runtime.CompilerServices;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Commands.Doctor;

/// <summary>Looks at all clusters at once, then at the accounts that serve them.</summary>
internal sealed class Examination(IClusterFactory factory, ICleverApiFactory clever, OperatorConfiguration configuration, TimeProvider time)
{
    /// <summary>What was found, each as soon as it is: clusters and then accounts, in their order.</summary>
    /// <param name="progress">Told what is looked at.</param>
    public async IAsyncEnumerable<Finding> RunAsync(
        IReadOnlyList<FleetCluster> clusters, Func<string, Task> progress, [EnumeratorCancellation] CancellationToken token)
    {
        var doctor = new ClusterDoctor(factory, configuration.Operator, time, FleetReader.Limit);
        var rule = EndpointRule.OfNamespaces(configuration);
        var looks = clusters.Select(cluster => doctor.LookAsync(cluster, token)).ToList();
        var credentials = clusters.Select(cluster => NamespaceAccounts.ReadAsync(cluster, factory, rule, time, FleetReader.Limit, token)).ToList();
        List<NamespaceAccounts> namespaces = [];
        for (var i = 0; i < looks.Count; i++)
        {
            await progress($"looking at cluster {clusters[i].Name} ({i + 1} of {looks.Count})");
            var (finding, found) = (await looks[i], await credentials[i]);
            namespaces.Add(found);
            yield return finding with { Checks = [.. finding.Checks, .. finding.IsReached ? found.Problems.Select(problem => Check.Failed("credentials", problem)) : []] };
        }

        var accounts = FleetAccount.Of(configuration, clusters, namespaces);
        var asked = accounts.Select(account => new AccountDoctor(clever, time, FleetReader.Limit).LookAsync(account, token)).ToList();
        for (var i = 0; i < asked.Count; i++)
        {
            await progress($"looking at the account of {accounts[i].Users} ({i + 1} of {asked.Count})");
            yield return await asked[i];
        }

        if (accounts.Count == 0)
        {
            yield return new("accounts", [Check.Failed("credentials", "neither operator, cluster nor namespace has any: set CLEVER_OPERATOR_API_TOKEN and …_SECRET")]);
        }
    }
}
