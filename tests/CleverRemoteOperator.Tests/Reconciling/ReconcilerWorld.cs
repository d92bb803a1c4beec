using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Prometheus;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>One resource, one cluster, one account, and an operator process that can die and start again.</summary>
internal sealed class ReconcilerWorld : IResourceReader, ICredentialResolver
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly ApiResource Redis = new("api.clever-cloud.com", "v1", "redis", "Redis");
    public static readonly ReconcileKey Key = new(new ClusterId("paris"), Redis, "default", "cache");

    private readonly OperatorOptions _options = new();
    private AddonReconciler _reconciler;
    private OwnWrites _ownWrites;

    public ReconcilerWorld(bool dropsConditions = false)
    {
        Cluster = new FakeCluster(Steps) { DropsConditions = dropsConditions };
        Clever = new FakeCleverApi(Steps);
        Credentials = CredentialResult.Of(
            new CleverCredentials(new Uri("https://api.example"), "token-of-the-test", null, null, null, FakeCleverApi.Organisation), CredentialSource.Operator);
        Cluster.Add(NewResource("""{"plan":"s_mono","region":"par","version":"724"}"""));
        Wall = new SkewedTime(Time);
        _ownWrites = new OwnWrites(Wall);
        _reconciler = StartProcess();
    }

    public Steps Steps { get; } = new();

    public FakeTimeProvider Time { get; } = new(Start);

    /// <summary>The clock on the operator's wall, which may be set.</summary>
    public SkewedTime Wall { get; }

    public FakeCluster Cluster { get; }

    public FakeCleverApi Clever { get; }

    /// <summary>What the namespace's credentials are now.</summary>
    public CredentialResult Credentials { get; set; }

    /// <summary>The resource as the watch shows it; null = as it is.</summary>
    public AddonResource? Stale { get; set; }

    public AddonResource Resource => Cluster.Resources["cache"];

    public static AddonResource NewResource(string spec) => new()
    {
        ApiVersion = Redis.ApiVersion,
        Kind = Redis.Kind,
        Namespace = "default",
        Name = "cache",
        Uid = "11111111-2222-4333-8444-555555555555",
        ResourceVersion = "1",
        Generation = 1,
        CreationTimestamp = Start,
        Spec = JsonPart.Of(JsonNode.Parse(spec)!.AsObject()),
    };

    public AddonResource? Find(ReconcileKey key) =>
        (Stale ?? Cluster.Resources.GetValueOrDefault(key.Name)) is { } seen ? _ownWrites.Newest(seen) : null;

    public bool IsUidShared(AddonResource resource) => false;

    public Task<CredentialResult> ResolveAsync(string @namespace, CancellationToken token) => Task.FromResult(Credentials);

    public ResolvedCredentials? Configured(string? sourceName) =>
        Credentials.Resolved is { Source: CredentialSource.Operator } resolved && sourceName == "operator" ? resolved : null;

    /// <summary>True when the watch would start no pass for this state of the resource.</summary>
    public bool IsEcho(AddonResource seen) => _ownWrites.IsEcho(seen);

    /// <summary>True while the namespace has a Secret the watch has not shown.</summary>
    public bool HasSecret { get; set; }

    public Task<bool> HasSecretAsync(string @namespace, long since, CancellationToken token) => Task.FromResult(HasSecret);

    /// <summary>The process is gone with all it remembered; another one starts.</summary>
    public void Restart()
    {
        Steps.Restart();
        _ownWrites = new OwnWrites(Wall);
        _reconciler = StartProcess();
    }

    /// <summary>One pass; gives when to look again, or the failure.</summary>
    public async Task<(TimeSpan? After, Exception? Failure)> PassAsync()
    {
        try
        {
            return ((await _reconciler.ReconcileAsync(Key, TestContext.Current.CancellationToken)).RequeueAfter, null);
        }
        catch (Exception failure) when (failure is AddonProblem or TerminalException or ProcessDiedException or KubernetesApiException)
        {
            return ((failure as IReconcileProblem)?.RetryAfter, failure);
        }
    }

    /// <summary>Passes and time until the resource is Ready; fails when that takes more than an hour.</summary>
    public async Task RunUntilReadyAsync()
    {
        for (var start = Time.GetUtcNow(); Time.GetUtcNow() - start < TimeSpan.FromHours(1);)
        {
            var (after, failure) = await PassAsync();
            if (failure is null && Condition("Ready") == "True" && after > TimeSpan.FromMinutes(1))
            {
                return;
            }

            Time.Advance(after > TimeSpan.FromSeconds(1) ? after.Value : TimeSpan.FromSeconds(1));
        }

        Assert.Fail($"not Ready within an hour: {Resource.Status}");
    }

    /// <summary>Status of a condition; null when there is none.</summary>
    public string? Condition(string type, string field = "status") => (string?)(Resource.Status.ToObject()?["conditions"] as JsonArray)?
        .FirstOrDefault(condition => (string?)condition!["type"] == type)?[field];

    public void Delete() => Cluster.Edit("cache", resource => resource with { DeletionTimestamp = Time.GetUtcNow() });

    private AddonReconciler StartProcess()
    {
        var writer = new ResourceWriter(Cluster, _ownWrites, new OperatorMetrics(Metrics.NewCustomRegistry(), new OperatorHealth(Wall, new SecretRegistry()), Wall), Wall, NullLogger<ResourceWriter>.Instance);
        var memory = new CreationMemory(Wall);
        var inventory = new AddonInventory(Wall, _options.Resync);
        var placements = new PlacementResolver(this, Clever, new AccountMemory());
        var secrets = new ResourceWatch<SecretMetadata>(
            Cluster, new WatchScope(ApiResource.Secrets, "default"), ObjectReading.Secrets, new ListSlots(), Wall, () => 0, NullLogger.Instance);
        return new AddonReconciler(
            this,
            writer,
            placements,
            new AddonCreation(writer, memory, inventory, _options, Wall, NullLogger<AddonCreation>.Instance),
            new AddonDeletion(Cluster, writer, placements, memory, _options, NullLogger<AddonDeletion>.Instance),
            inventory,
            new SecretPublisher(Cluster, secrets, _ownWrites),
            new ResyncInterval(_options.Resync, () => 0),
            Wall);
    }
}
