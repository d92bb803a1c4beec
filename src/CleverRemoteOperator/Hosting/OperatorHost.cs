using CleverRemoteOperator.Clusters;
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

/// <summary>The operator as a process: the log, the listeners, and what a signal does.</summary>
internal sealed partial class OperatorHost : IAsyncDisposable
{
    // Running reconciles may take as long as a drain; the rest of the shutdown needs a few seconds more.
    private static readonly TimeSpan ShutdownTimeout = ClusterSet.DrainDeadline + TimeSpan.FromSeconds(5);

    private readonly OperatorConfiguration _configuration;
    private readonly ILoggerFactory _loggers;
    private readonly Composition _composition;
    private readonly WebApplication _app;

    /// <summary>Builds the operator without starting it.</summary>
    /// <param name="sink">Takes the log instead of standard output.</param>
    public OperatorHost(OperatorConfiguration configuration, ILogEventSink? sink = null)
    {
        _configuration = configuration;
        _loggers = LoggingSetup.Open(configuration.Operator, SecretRegistry.Of(configuration), sink);
        _composition = new Composition(configuration, _loggers);
        _app = Server();
    }

    /// <summary>Where probes are answered, once it is started.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Runs until <paramref name="token"/>, SIGTERM or SIGINT; running reconciles are finished first.</summary>
    /// <exception cref="ListenerException">A listener cannot be opened.</exception>
    public static async Task<int> RunAsync(OperatorConfiguration configuration, CancellationToken token)
    {
        await using var host = new OperatorHost(configuration);
        Summarise(host._loggers.CreateLogger(nameof(OperatorHost)), configuration);
        try
        {
            await host.StartAsync(token);
        }
        catch (OperationCanceledException) when (host._app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // A signal came while the listeners were being opened: what has started is stopped as ever.
        }

        await host._app.WaitForShutdownAsync(token);
        return 0;
    }

    /// <summary>Starts serving the clusters and opens the listeners.</summary>
    /// <exception cref="ListenerException">A listener cannot be opened.</exception>
    public Task StartAsync(CancellationToken token) => ObservabilityHosting.StartAsync(_app, _configuration.Operator, token);

    /// <summary>Stops as a signal would: what runs is finished first.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _composition.Dispose();
        _loggers.Dispose();
    }

    // The container is Kestrel's: it gets the log, the shutdown timeout, and the main loop to start and stop.
    private WebApplication Server()
    {
        // Empty: only our own configuration decides how the process behaves, whatever the framework's files and variables say.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(_loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton<IHostedService>(_composition.Worker);
        ObservabilityHosting.Configure(builder, _configuration.Operator);
        var app = builder.Build();
        ObservabilityHosting.Map(app, _configuration.Operator, _composition.Health, _composition.Metrics);
        return app;
    }

    private static void Summarise(ILogger logger, OperatorConfiguration configuration)
    {
        var options = configuration.Operator;
        LogStart(logger, OperatorMetrics.Version, options.Listen.ToString(), options.MetricsListen.ToString(), options.MaxConcurrentReconciles, options.MaxConcurrentReconcilesInProcess, options.Resync.TotalSeconds);
        LogCredentials(logger, configuration.Api?.ToString() ?? "none; clusters and namespaces must provide theirs");
        LogClusters(
            logger,
            configuration.Clusters.Count == 0 ? "none named" : string.Join(", ", configuration.Clusters.Select(cluster => cluster.Name)),
            options.Kubeconfigs.Count == 0 ? "" : $"; one per kubeconfig in {string.Join(", ", options.Kubeconfigs.Select(PathText.Shown))}");
        if (options.AddonNames == AddonNames.Reference)
        {
            LogReferenceNames(logger);
        }
    }

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning,
        Message = "addon-names = reference: add-on names do not contain the cluster, so any cluster with a resource of the same uid can read and delete its add-on")]
    private static partial void LogReferenceNames(ILogger logger);

    [LoggerMessage(EventId = 1, Level = LogLevel.Information,
        Message = "Clever Remote Operator {Version}: probes on {Listen}, metrics on {Metrics}, {Workers} workers per cluster, {MaxWorkers} in total, resync every {Resync:0.#} s")]
    private static partial void LogStart(ILogger logger, string version, string listen, string metrics, int workers, int maxWorkers, double resync);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "operator credentials: {Credentials}")]
    private static partial void LogCredentials(ILogger logger, string credentials);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "clusters: {Clusters}{Folders}")]
    private static partial void LogClusters(ILogger logger, string clusters, string folders);
}
