using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Observability.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog.Core;

namespace CleverRemoteOperator.Hosting;

/// <summary>Runs the operator as a process: its services, its listeners, and what a signal does.</summary>
internal static partial class OperatorHost
{
    /// <summary>Builds the operator without starting it.</summary>
    /// <param name="sink">Takes the log instead of standard output.</param>
    public static WebApplication Build(OperatorConfiguration configuration, ILogEventSink? sink = null)
    {
        var secrets = new SecretRegistry();
        foreach (var credentials in configuration.Clusters.Select(cluster => cluster.Api).Append(configuration.Api).OfType<CleverCredentials>())
        {
            secrets.Add(credentials);
        }

        // Empty: nothing but our own configuration decides how the process behaves, whatever stands in files or variables of the framework.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        ObservabilityHosting.Configure(builder, configuration.Operator);
        LoggingSetup.Configure(builder.Services, configuration.Operator, secrets, sink);
        builder.Services.AddCleverRemoteOperator(configuration);
        builder.Services.AddSingleton(secrets);
        var app = builder.Build();
        ObservabilityHosting.Map(app, configuration.Operator);
        return app;
    }

    /// <summary>Runs until <paramref name="token"/>, SIGTERM or SIGINT; running reconciles are finished first. Throws <see cref="ListenerException"/>.</summary>
    public static async Task<int> RunAsync(OperatorConfiguration configuration, CommandLineOptions options, CancellationToken token)
    {
        configuration = configuration with { Operator = configuration.Operator with { NoLease = options.NoLease } };
        await using var app = Build(configuration);
        Summarise(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(OperatorHost)), configuration);
        await ObservabilityHosting.StartAsync(app, configuration.Operator, token);
        await app.WaitForShutdownAsync(token);
        return 0;
    }

    private static void Summarise(ILogger logger, OperatorConfiguration configuration)
    {
        var options = configuration.Operator;
        LogStart(logger, OperatorMetrics.Version, options.Listen.ToString(), options.MetricsListen.ToString(), options.MaxConcurrentReconciles, options.MaxConcurrentReconcilesInProcess, options.Resync.TotalSeconds);
        LogCredentials(logger, configuration.Api?.ToString() ?? "none of its own");
        LogClusters(
            logger,
            configuration.Clusters.Count == 0 ? "none by name" : string.Join(", ", configuration.Clusters.Select(cluster => cluster.Name)),
            options.Kubeconfigs.Count == 0 ? "" : $"; one for each kubeconfig in {string.Join(", ", options.Kubeconfigs.Select(PathText.Shown))}");
        if (options.AddonNames == AddonNames.Reference)
        {
            LogReferenceNames(logger);
        }
    }

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning,
        Message = "addon-names = reference: the names of add-ons say nothing of the cluster, so any cluster that shows a resource of the same uid can read and delete its add-on")]
    private static partial void LogReferenceNames(ILogger logger);

    [LoggerMessage(EventId = 1, Level = LogLevel.Information,
        Message = "Clever Remote Operator {Version}: probes on {Listen}, metrics on {Metrics}, {Workers} workers a cluster, {MaxWorkers} in all, resync {Resync:0.#} s")]
    private static partial void LogStart(ILogger logger, string version, string listen, string metrics, int workers, int maxWorkers, double resync);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "the operator's credentials: {Credentials}")]
    private static partial void LogCredentials(ILogger logger, string credentials);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "clusters: {Clusters}{Folders}")]
    private static partial void LogClusters(ILogger logger, string clusters, string folders);
}
