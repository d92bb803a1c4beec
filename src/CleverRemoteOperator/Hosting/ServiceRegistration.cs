using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Reconciling;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Hosting;

/// <summary>The whole composition of the operator, on one page.</summary>
internal static class ServiceRegistration
{
    // What runs at a stop may take as long as a drain; then the rest of the shutdown needs a moment.
    private static readonly TimeSpan ShutdownTimeout = ClusterSet.DrainDeadline + TimeSpan.FromSeconds(5);

    public static IServiceCollection AddCleverRemoteOperator(this IServiceCollection services, OperatorConfiguration configuration)
    {
        var options = configuration.Operator;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSingleton(configuration);
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Func<double>>(RandomSource.Next);

        services.AddSingleton<OperatorHealth>();
        services.AddSingleton(Prometheus.Metrics.NewCustomRegistry());
        services.AddSingleton<OperatorMetrics>();

        services.AddSingleton<ICleverApiFactory>(provider => new CleverApiFactory(
            new CleverApiOptions { RequestsPerSecond = options.ApiRate, Burst = options.ApiBurst },
            TrustedOrigins(configuration),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Func<double>>(),
            provider.GetRequiredService<OperatorMetrics>().CleverRequested,
            provider.GetRequiredService<ILogger<CleverApi>>()));
        services.AddSingleton(provider => new AddonInventory(provider.GetRequiredService<TimeProvider>(), options.Resync * 0.9));
        services.AddSingleton(EndpointRule.OfNamespaces(configuration));
        services.AddSingleton(provider => new ClusterMemories(
            options, provider.GetRequiredService<ICleverApiFactory>().Forget, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ReconcilerComposition>();

        services.AddSingleton<IClusterFactory, KubernetesClusterFactory>();
        services.AddSingleton<ClaimedServers>();
        services.AddSingleton<FleetView>();
        services.AddSingleton<IFleetView>(provider => provider.GetRequiredService<FleetView>());
        services.AddSingleton(provider => new LoopServices(
            options,
            provider.GetRequiredService<OperatorHealth>(),
            provider.GetRequiredService<OperatorMetrics>(),
            new SemaphoreSlim(options.MaxConcurrentReconcilesInProcess),
            new MemoryShare(MemoryBudget.OfThisProcess()),
            provider.GetRequiredService<ClaimedServers>(),
            provider.GetRequiredService<FleetView>(),
            provider.GetRequiredService<ReconcilerComposition>().Create,
            provider.GetRequiredService<ClusterMemories>(),
            new OperatorInstance($"{Environment.MachineName}-{Guid.NewGuid():N}"[..Math.Min(Environment.MachineName.Length + 9, 63)], provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Func<double>>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ClusterDefinitions>();
        services.AddSingleton(provider => new ClusterSet(
            definition => new ClusterSupervisor(definition, provider.GetRequiredService<IClusterFactory>(), provider.GetRequiredService<LoopServices>()),
            provider.GetRequiredService<FleetView>().Configure,
            provider.GetRequiredService<ClusterMemories>().Forget,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClusterSet>>()));
        services.AddHostedService<OperatorWorker>();
        return services;
    }

    // What the operator's own configuration names may be anywhere; only what a tenant names is checked at connect.
    private static IEnumerable<Uri> TrustedOrigins(OperatorConfiguration configuration) =>
        configuration.Operator.AllowedEndpoints
            .Concat(configuration.Clusters.Select(cluster => cluster.Api?.Endpoint).Append(configuration.Api?.Endpoint).OfType<Uri>())
            .Concat([ApiEndpoint.Public, ApiEndpoint.PublicBridge])
            .Distinct();
}
