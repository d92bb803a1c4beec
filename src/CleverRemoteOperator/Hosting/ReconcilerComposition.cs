using System.Collections.Concurrent;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Hosting;

/// <summary>Puts the reconciler of one loop together.</summary>
internal sealed class ReconcilerComposition(
    OperatorConfiguration configuration, ICleverApiFactory clever, AddonInventory inventory, EndpointRule namespaceEndpoints,
    OperatorMetrics metrics,
    TimeProvider time, Func<double> chance, ILoggerFactory loggers)
{
    // Kept apart from loops and connections: what was learned of a cluster must outlive a reconnect, and a change of its kubeconfig.
    private readonly ConcurrentDictionary<ClusterId, (AccountMemory Accounts, CreationMemory Creations, UsedCredentials Used)> _memories = new();

    /// <summary>The cluster is no longer configured: what was learned of it goes too.</summary>
    public void Forget(ClusterId cluster)
    {
        if (_memories.TryRemove(cluster, out var memory))
        {
            memory.Used.ForgetAll();
        }
    }

    public IReconciler Create(LoopContext context)
    {
        var (accounts, creations, used) = _memories.GetOrAdd(
            context.Cluster.Id, _ => (new AccountMemory(), new CreationMemory(time), new UsedCredentials(clever.Forget)));
        var credentials = new CredentialResolver(
            context.Cluster, context.CredentialSecrets, context.Definition.Options.Api, configuration.Api,
            text => CredentialsText.Parse(text, CredentialSecret.Key, namespaceEndpoints), used, time);
        context.Ends.Tell(accounts.Forget);
        context.Ends.Tell(credentials.Forget);
        var writer = new ResourceWriter(context.Cluster, context.OwnWrites, metrics, time, loggers.CreateLogger<ResourceWriter>());
        var placements = new PlacementResolver(credentials, clever, accounts);
        return new AddonReconciler(
            context.Resources,
            writer,
            placements,
            new AddonCreation(writer, creations, inventory, configuration.Operator, time, loggers.CreateLogger<AddonCreation>()),
            new AddonDeletion(context.Cluster, writer, placements, creations, configuration.Operator, loggers.CreateLogger<AddonDeletion>()),
            inventory,
            new SecretPublisher(context.Cluster, context.OwnSecrets, context.OwnWrites),
            new ResyncInterval(configuration.Operator.Resync, chance),
            time);
    }
}
