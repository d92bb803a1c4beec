using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Catalogue;
using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Tests.CleverCloud;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>Every call of both APIs, on an answer that somebody else wrote.</summary>
internal static class ApiReaders
{
    private const string Organisation = "orga_3547a882-d464-4c34-8168-add4b3e0c135";
    private const string AddonId = "addon_22222222-2222-4222-8222-222222222222";
    private const string Migration = "migration_1";

    private static readonly ApiResource Redis = new("api.clever-cloud.com", "v1", "redis", "Redis");
    private static readonly CleverAddon Keycloak = new(AddonId, "keycloak_1", null, "par", "keycloak", new CleverPlan("plan_1", "base", "", 0, [], false));
    private static readonly CleverCredentials Credentials = new(ApiEndpoint.Public, Reader.Secret, Reader.Secret + "2", "key", Reader.Secret + "3", null);
    private static readonly CleverApiOptions Eager = new() { RequestsPerSecond = 1e6, Burst = 1_000_000, Retries = 1, RetryDelay = TimeSpan.Zero };

    // As long as the process: starting one for each input would take longer than reading it.
    private static readonly Lazy<KubernetesServer> Server = new(() => new());

    public static IReadOnlyList<Reader> All { get; } =
    [
        new("kubernetes-answer", bytes => Server.Value.Read(bytes)) { HidesSecrets = true },
        new("clever-answer", bytes => ReadClever(bytes, HttpStatusCode.OK)) { HidesSecrets = true },
        new("clever-error", bytes => ReadClever(bytes, HttpStatusCode.BadRequest)) { HidesSecrets = true },
    ];

    private static Reading ReadClever(byte[] bytes, HttpStatusCode status)
    {
        using var http = new HttpMessageInvoker(new Answering(bytes, status));
        var resilience = new CleverResilience("hostile", Eager, TimeProvider.System, () => 0.5, NullLogger<CleverApi>.Instance);
        var api = new CleverApi(
            new CleverConnection(Credentials, http, resilience, TimeProvider.System, (_, _, _, _) => { }, NullLogger<CleverApi>.Instance), Eager, TimeProvider.System);
        return Reading.All(Calls(api).Select(call => Reading.Of<CleverApiException>(() => call().GetAwaiter().GetResult())));
    }

    private static IEnumerable<Func<Task<Reading>>> Calls(CleverApi api)
    {
        var token = CancellationToken.None;
        return
        [
            () => Told("account", api.GetAccountIdAsync(token)),
            () => Told("addons", api.ListAddonsAsync(Organisation, token)),
            () => Told("addon", api.FindAddonAsync(Organisation, AddonId, token)),
            () => Told("created", api.CreateAddonAsync(Organisation, new("name", "par", "postgresql-addon", "plan_1", new Dictionary<string, string>()), () => true, token)),
            () => Told("renamed", api.RenameAddonAsync(Organisation, AddonId, "new", token)),
            async () => Environment(await api.GetEnvironmentAsync(Organisation, AddonId, token)),
            async () => Environment(await api.GetVariablesAsync("config_11111111-2222-4333-8444-555555555555", token)),
            async () => Resolved(await api.GetProvidersAsync(Organisation, token), null),
            async () => Resolved(new([], null), await api.GetVersionsAsync("redis-addon", token)),
            () => Told("migrations", api.ListMigrationsAsync(Organisation, AddonId, token)),
            () => Told("migration", api.FindMigrationAsync(Organisation, AddonId, Migration, token)),
            () => Told("started", api.StartMigrationAsync(Organisation, AddonId, new("plan_1", "par", null), () => true, token)),
            () => Told("aborted", api.AbortMigrationAsync(Organisation, AddonId, Migration, token)),
            () => Told("detail", api.FindDetailAsync(Organisation, Keycloak, token)),
            () => Told("version", api.CheckVersionAsync(Keycloak, token)),
            async () =>
            {
                await api.UpdateVersionAsync(Keycloak, "1", () => true, token);
                return new("updated");
            },
            () => Told("tags", api.GetTagsAsync(Organisation, AddonId, token)),
            () => Told("tagged", api.SetTagsAsync(Organisation, AddonId, ["a"], token)),
            () => Told("backups", api.ListBackupsAsync(Organisation, "redis_1", token)),
            () => Told("expiry", api.GetTokenExpiryAsync(token)),
            () => Told("prices", api.GetPricesAsync(Organisation, "par", token)),
            () => Told("webhooks", api.ListWebhooksAsync(Organisation, token)),
            () => Told("webhook", api.CreateWebhookAsync(Organisation, new("n", new Uri("https://operator.example/hook"), ["ADDON_CREATION"]), token)),
            () => Told("clusters", api.ListClustersAsync(Organisation, token)),
            () => Told("kubeconfig", api.GetKubeconfigAsync(Organisation, "kubernetes_1", token)),
        ];
    }

    private static async Task<Reading> Told<T>(string call, Task<T> answer) => new($"{call} {await answer is { } told && told is not System.Collections.ICollection { Count: 0 }}");

    private static Reading Environment(IReadOnlyDictionary<string, string> environment) =>
        new($"environment {environment.Count > 0}", ConnectionSecret.Check("a", environment) is { } problem ? [problem.Message] : []);

    private static Reading Resolved(CleverCatalogue catalogue, CleverProviderVersions? versions)
    {
        var resolution = CatalogueResolver.Resolve(new("redis-addon", "dev", "par", "7"), catalogue, versions);
        return new($"resolved {catalogue.Providers.Count > 0} {resolution.Addon is not null}", resolution.Message.Length == 0 ? [] : [resolution.Message]);
    }

    private sealed class Answering(byte[] body, HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage(status) { RequestMessage = request, Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } } });
    }

    /// <summary>A server that gives one answer to everything: the client makes its connections itself.</summary>
    private sealed class KubernetesServer : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly CleverServer _server;
        private readonly Cluster _cluster;
        private byte[] _answer = [];
        private int _status;

        public KubernetesServer()
        {
            _server = CleverServer.StartAsync(context =>
            {
                context.Response.StatusCode = _status;
                return context.Response.Body.WriteAsync(_answer).AsTask();
            }).GetAwaiter().GetResult();
            _cluster = new Cluster(new ClusterId("hostile"), new ClusterConnection { Server = _server.Endpoint, Token = Reader.Secret }, TimeProvider.System);
        }

        public Reading Read(byte[] bytes)
        {
            lock (_lock)
            {
                _answer = bytes;
                return Reading.All(new[] { 200, 403 }.SelectMany(Read));
            }
        }

        public void Dispose()
        {
            _cluster.Dispose();
            _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        private IEnumerable<Reading> Read(int status)
        {
            var token = CancellationToken.None;
            Func<Task<Reading>>[] calls =
            [
                async () => new($"version {(await _cluster.GetVersionAsync(token)).Length > 0}"),
                async () => new($"types {(await _cluster.DiscoverAsync(["api.clever-cloud.com"], token)).Count > 0}"),
                () => Told("resource", _cluster.GetAsync(Redis, "a", "b", token)),
                () => Told("secret", _cluster.GetSecretMetadataAsync("a", "b", token)),
                () => Told("value", _cluster.GetSecretValueAsync("a", "b", "config", token)),
                () => Told("lease", _cluster.GetLeaseAsync("a", "b", token)),
                () => Told("put", _cluster.PutLeaseAsync("a", "b", new() { Metadata = new() }, token)),
                () => Told("namespace", _cluster.GetNamespaceAsync("a", token)),
                async () => new($"{await _cluster.GetDefinitionStateAsync(Redis, token)}"),
                () => Told("patched", _cluster.PatchStatusAsync(Redis, "a", "b", [], token)),
                () => Told("applied", _cluster.ApplySecretAsync("a", "b", new() { Kind = "Secret", StringData = new Dictionary<string, string> { ["a"] = Reader.Secret } }, token)),
            ];
            _status = status;
            foreach (var call in calls)
            {
                yield return Reading.Of<KubernetesApiException>(() => call().GetAwaiter().GetResult());
            }

            _server.Requests.Clear();
        }
    }
}
