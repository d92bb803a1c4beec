using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>The watches of one loop: those it always has, of Secrets and namespaces, and how it makes those of resources.</summary>
internal sealed class LoopWatches
{
    private readonly ListSlots _lists;
    private readonly ClusterLimits _limits;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ILogger _logger;

    /// <param name="namespace">The namespace to watch; <c>*</c> = all.</param>
    /// <param name="random">Gives numbers from 0 to below 1.</param>
    public LoopWatches(ICluster cluster, string @namespace, ListSlots lists, ClusterLimits limits, TimeProvider time, Func<double> random, ILogger logger)
    {
        Cluster = cluster;
        Namespace = @namespace == "*" ? null : @namespace;
        (_lists, _limits, _time, _random, _logger) = (lists, limits, time, random, logger);
        OwnWrites = new OwnWrites(time, limits.Memory);
        OwnSecrets = Watch(
            new WatchScope(ApiResource.Secrets, Namespace, LabelSelector: $"{ManagedSecrets.Label}={ManagedSecrets.Value}"), ObjectReading.Secrets);
        CredentialSecrets = Watch(
            new WatchScope(ApiResource.Secrets, Namespace, FieldSelector: $"metadata.name={CredentialSecret.SecretName}"), CredentialSecretFormat.Format);
        Namespaces = Watch(new WatchScope(ApiResource.Namespaces, null), ObjectReading.Namespaces);
    }

    public ICluster Cluster { get; }

    /// <summary>The namespace watched; null for all.</summary>
    public string? Namespace { get; }

    /// <summary>What this process wrote and the watches will show.</summary>
    public OwnWrites OwnWrites { get; }

    public Reflector<SecretMetadata> OwnSecrets { get; }

    public Reflector<CredentialSecret> CredentialSecrets { get; }

    /// <summary>Runs only in a loop of all namespaces: a Role grants no watch on namespaces, so a loop of one reads its own.</summary>
    public Reflector<NamespaceMetadata> Namespaces { get; }

    /// <summary>Whether it is known whether a namespace has credentials of its own, and what its annotations say: nothing is reconciled before.</summary>
    public bool AreSettled => IsSettled(OwnSecrets.Status) && IsSettled(CredentialSecrets.Status) && (Namespace is not null || IsSettled(Namespaces.Status));

    /// <summary>The state of each watch that must run; watches of Secrets are optional where they are forbidden.</summary>
    public IEnumerable<WatchStatus> Required =>
        new[] { OwnSecrets.Status, CredentialSecrets.Status }.Concat(Namespace is null ? [Namespaces.Status] : []).Where(status => !IsSettled(status) || status.Synced);

    /// <summary>Whether the watch has listed everything, or cannot: where listing Secrets is not allowed, each is read on its own instead.</summary>
    public static bool IsSettled(WatchStatus status) => status.Synced || status.State is WatchState.Forbidden or WatchState.NotFound;

    /// <summary>Makes the watch of a type of resource.</summary>
    public Reflector<AddonResource> Addons(ApiResource type) => Watch(new WatchScope(type, Namespace), ObjectReading.Addons(type, _time));

    /// <summary>Runs the watches until <paramref name="stop"/>.</summary>
    public Task RunAsync(
        Action<WatchEvent<SecretMetadata>> ownSecret, Action<WatchEvent<CredentialSecret>> credentials, Action<WatchEvent<NamespaceMetadata>> @namespace,
        CancellationToken stop) => Task.WhenAll(
            OwnSecrets.RunAsync(ownSecret, stop),
            CredentialSecrets.RunAsync(credentials, stop),
            Namespace is null ? Namespaces.RunAsync(@namespace, stop) : Task.CompletedTask);

    /// <summary>The server answers again: watches that back off after a failure retry at once.</summary>
    public void Wake()
    {
        OwnSecrets.Wake();
        CredentialSecrets.Wake();
        Namespaces.Wake();
    }

    private Reflector<T> Watch<T>(WatchScope scope, ObjectFormat<T> format)
        where T : class, INamespacedObject =>
        new(Cluster, scope, format, _lists, _time, _random, _logger, _limits);
}
