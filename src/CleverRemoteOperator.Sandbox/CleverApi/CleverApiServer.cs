using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.CleverApi.Control;
using CleverRemoteOperator.Sandbox.CleverApi.Details;
using CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;
using CleverRemoteOperator.Sandbox.CleverApi.Notifications;
using CleverRemoteOperator.Sandbox.CleverApi.Products;
using CleverRemoteOperator.Sandbox.CleverApi.Self;
using CleverRemoteOperator.Sandbox.CleverApi.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Sandbox.CleverApi;

/// <summary>The Clever API in memory, over plain HTTP; one object is one server.</summary>
internal sealed class CleverApiServer : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly WebhookSender _sender;

    private CleverApiServer(WebApplication app, CleverApiServerOptions options, ProductCatalogue catalogue)
    {
        _app = app;
        Catalogue = catalogue;
        var identifiers = new Identifiers(options.Random, options.TimeProvider);
        var state = new SandboxState(options.StateFile is { } path ? new StateFile(path, catalogue) : null, options.TimeProvider);
        Clock = new SandboxClock(options);
        TokenLives = new TokenLives(options.TimeProvider);
        Addons = new AddonStore(state, catalogue, Clock, identifiers);
        Migrations = new MigrationStore(state, Addons, Clock, identifiers);
        Clusters = new KubernetesStore(state, Clock, identifiers);
        var webhooks = new WebhookStore(state, Clock, identifiers);
        _sender = new WebhookSender(webhooks, Clock);
        Addons.Announce = _sender.Announce;
        var owners = new Owners(options.Accounts);
        var lookup = new AddonLookup(Addons, catalogue);

        app.UseRouting();
        app.Use(new RequestPipeline(
            options, new Authenticator(options, TokenLives), RequestCounts, Faults, new FaultPlayer(options.TimeProvider, app.Lifetime), identifiers).InvokeAsync);
        MapSpace(app.MapGroup("/v2/organisations/{id}"), owners.FromPath, options.TimeProvider);
        MapSpace(app.MapGroup("/v2/self"), Owners.Personal, options.TimeProvider);
        new SelfRoutes(Addons, owners, TokenLives, options.TimeProvider).Map(app);
        new ProductRoutes(catalogue, owners).Map(app);
        new PriceRoutes(catalogue, owners).Map(app);
        new DetailRoutes(lookup, Addons, owners).Map(app);
        new ConfigProviderRoutes(lookup, Addons).Map(app);
        new OperatorRoutes(lookup, Addons).Map(app);
        new BackupRoutes(Addons, owners, options.TimeProvider).Map(app);
        new WebhookRoutes(webhooks, owners).Map(app);
        new KubernetesRoutes(Clusters, new Kubeconfigs(Clock), owners, options.TimeProvider).Map(app);
        var control = ControlRoutes.Group(app);
        new ControlRoutes(Addons, RequestCounts, Faults, Clock, options.Accounts, TokenLives).Map(control);
        new AddonControlRoutes(Addons, Migrations, Clock).Map(control);
        new KubernetesControlRoutes(Clusters).Map(control);
    }

    /// <summary>Where it listens, with the port it really got.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public ProductCatalogue Catalogue { get; }

    /// <summary>The add-ons of all accounts, to look at and to change behind a client's back.</summary>
    public AddonStore Addons { get; }

    public MigrationStore Migrations { get; }

    public KubernetesStore Clusters { get; }

    /// <summary>How long things take, to be changed at any time.</summary>
    public SandboxClock Clock { get; }

    /// <summary>When the tokens of the accounts end.</summary>
    public TokenLives TokenLives { get; }

    public RequestCounts RequestCounts { get; } = new();

    public Faults Faults { get; } = new();

    /// <summary>Starts a server; when it returns, requests are served.</summary>
    /// <exception cref="StateFileException">The state file cannot be used.</exception>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<CleverApiServer> StartAsync(CleverApiServerOptions options, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        // Only what a handler did not expect is worth a line; a taken port is the caller's to tell.
        builder.Logging.ClearProviders()
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen);
        });
        var app = builder.Build();
        CleverApiServer? server = null;
        try
        {
            server = new CleverApiServer(app, options, ProductCatalogue.Load());
            await app.StartAsync(cancellationToken);
            server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
            return server;
        }
        catch
        {
            await (server?._sender.DisposeAsync() ?? ValueTask.CompletedTask);
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops serving; requests still running are cut off after two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _sender.DisposeAsync();
        await _app.DisposeAsync();
    }

    private void MapSpace(RouteGroupBuilder group, Func<HttpContext, string> owner, TimeProvider timeProvider)
    {
        new AddonRoutes(Addons, Catalogue).Map(group, owner);
        new AddonTagRoutes(Addons).Map(group, owner);
        new MigrationRoutes(Addons, Migrations, timeProvider).Map(group, owner);
        new AddonExtraRoutes(Addons, Catalogue, timeProvider).Map(group, owner);
    }
}
