using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>One resource, one cluster, one account, and an operator process that can die and start again.</summary>
internal sealed class ReconcilerWorld : IResourceReader, ICredentialResolver, IFleetView
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly ApiResource Redis = new("api.clever-cloud.com", "v1", "redis", "Redis");
    public static readonly ReconcileKey Key = new(new ClusterId("paris"), Redis, "default", "cache");

    private AddonReconciler _reconciler;
    private OwnWrites _ownWrites;

    public ReconcilerWorld(bool dropsConditions = false, OperatorOptions? options = null, Owner? owner = null)
    {
        Options = options ?? new();
        Owner = owner ?? new("paris", []);
        Cluster = new FakeCluster(Steps) { DropsConditions = dropsConditions };
        Clever = new FakeCleverApi(Steps);
        Credentials = CredentialResult.Of(
            new CleverCredentials(new Uri("https://api.example"), "token-of-the-test", null, null, null, FakeCleverApi.Organisation), CredentialSource.Operator);
        Cluster.Add(NewResource("""{"plan":"s_mono","region":"par","version":"724"}"""));
        Wall = new SkewedTime(Time);
        _ownWrites = new OwnWrites(Wall);
        _reconciler = StartProcess();
    }

    public OperatorOptions Options { get; }

    public Owner Owner { get; }

    public ClusterMemory Memory { get; private set; } = null!;

    public AddonInventory Inventory { get; private set; } = null!;

    /// <summary>The account that serves the resource now.</summary>
    public Account AccountNow => new(Credentials.Resolved!, Clever, FakeCleverApi.Organisation, "user_1");

    /// <summary>Whether the cluster may claim what no cluster has claimed.</summary>
    public ClaimVerdict Claim { get; set; } = new(ClaimRight.Yes, "");

    public ClaimVerdict MayClaim(ClusterId cluster, string uid) => Claim;

    /// <summary>Whose an add-on is that bears another resource's name.</summary>
    public Holder? Holder { get; set; }

    public Task<Holder> FindHolderAsync(AddonKind kind, AddonName name, (string Namespace, string Name)? place, CancellationToken token) =>
        Task.FromResult(Holder ?? throw new InvalidOperationException($"nobody holds {name}"));

    public bool IsUidSharedNow { get; set; }

    public bool IsUidShared(AddonResource resource) => IsUidSharedNow;

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

    public Task<CredentialResult> ResolveAsync(string @namespace, CancellationToken token) => Task.FromResult(Credentials);

    /// <summary>True while the namespace has credentials under a name nobody reads.</summary>
    public bool HasMisnamedSecret { get; set; }

    public Task<bool> HasMisnamedSecretAsync(string @namespace, CancellationToken token) => Task.FromResult(HasMisnamedSecret);

    /// <summary>True when the watch would start no pass for this state of the resource.</summary>
    public bool IsEcho(AddonResource seen) => _ownWrites.IsEcho(seen);

    /// <summary>True while the namespace has a Secret the watch has not shown.</summary>
    public bool HasSecret { get; set; }

    /// <summary>What a look for it meets.</summary>
    public KubernetesApiException? CredentialsFailure { get; set; }

    public Task<bool> HasSecretAsync(string @namespace, long since, CancellationToken token) =>
        CredentialsFailure is { } failure ? Task.FromException<bool>(failure) : Task.FromResult(HasSecret);

    /// <summary>The process is gone with all it remembered; another one starts.</summary>
    public void Restart()
    {
        Steps.Restart();
        _ownWrites = new OwnWrites(Wall);
        _reconciler = StartProcess();
    }

    /// <summary>One pass; gives when to look again, what kept the resource from being in order, or the failure.</summary>
    public async Task<(TimeSpan? After, string? Problem, Exception? Failure)> PassAsync()
    {
        try
        {
            var result = await _reconciler.ReconcileAsync(Key, TestContext.Current.CancellationToken);
            return (result.RequeueAfter, result.Problem?.Reason, null);
        }
        catch (Exception failure) when (failure is ProcessDiedException or KubernetesApiException)
        {
            return (null, null, failure);
        }
    }

    /// <summary>Passes and time until the resource is Ready; fails when that takes more than an hour.</summary>
    public async Task RunUntilReadyAsync()
    {
        for (var start = Time.GetUtcNow(); Time.GetUtcNow() - start < TimeSpan.FromHours(1);)
        {
            var (after, problem, failure) = await PassAsync();
            if (failure is null && problem is null && Condition("Ready") == "True" && after > TimeSpan.FromMinutes(1))
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

    /// <summary>Reason and message of Ready.</summary>
    public (string? Reason, string? Message) Ready => (Condition("Ready", "reason"), Condition("Ready", "message"));

    /// <summary>Puts an annotation on the resource as its owner would; <paramref name="name"/> without its prefix.</summary>
    public void Annotate(string name, string text) => Cluster.Edit("cache", resource => resource with
    {
        Annotations = resource.Annotations.Append(KeyValuePair.Create($"api.clever-cloud.com/{name}", text)).ToDictionary(),
    });

    /// <summary>Changes the spec as the resource's owner would.</summary>
    public void Respec(string spec) =>
        Cluster.Edit("cache", resource => resource with { Spec = NewResource(spec).Spec, Generation = resource.Generation + 1 });

    /// <summary>Changes the status as somebody who may write it would.</summary>
    public void Forge(string field, string value) => Cluster.Edit("cache", resource =>
    {
        var status = resource.Status.ToObject() ?? [];
        status[field] = value;
        return resource with { Status = JsonPart.Of(status) };
    });

    public void Delete() =>
        Cluster.Edit("cache", resource => resource with { DeletionTimestamp = Time.GetUtcNow(), ReadAt = Wall.GetTimestamp() });

    private AddonReconciler StartProcess()
    {
        var metrics = new OperatorMetrics(Prometheus.Metrics.NewCustomRegistry(), new OperatorHealth(Wall, new SecretRegistry()), Wall);
        Memory = new ClusterMemory(Options, _ => { }, Wall);
        var inventory = Inventory = new AddonInventory(Wall, Options.Resync);
        var events = new EventWriter(Cluster, metrics, Wall, NullLogger<EventWriter>.Instance);
        var writer = new ResourceWriter(Cluster, _ownWrites, Memory, events, Wall, NullLogger<ResourceWriter>.Instance);
        var publisher = new SecretPublisher(Cluster, Watch(ApiResource.Secrets, ObjectReading.Secrets), _ownWrites);
        var observer = new Observer(
            Cluster, Owner, Rules.Of(Options, null), this, this, this, Memory, inventory, publisher, new SecretTrial(Cluster, Memory.Namespaces, Wall),
            new NamespaceReader(Cluster, Watch(ApiResource.Namespaces, ObjectReading.Namespaces), Memory.Namespaces, Wall),
            new DefinitionReader(Cluster, Wall), new AccountSelection(Clever, Memory.Namespaces), new AddonSearch(inventory), new AdopteeSearch(this, inventory), Wall);
        var changes = new AddonChanges(observer, writer, Memory, inventory, Wall, NullLogger<AddonChanges>.Instance);
        var adoptions = new AddonAdoptions(observer, writer, events, Memory.Resources, inventory, new AdoptionClaims(), NullLogger<AddonAdoptions>.Instance);
        return new AddonReconciler(
            observer,
            new AddonActor(observer, writer, events, publisher, changes, new AddonMigrations(observer, writer, events, Memory.Resources, Wall, NullLogger<AddonMigrations>.Instance), adoptions, Memory.Resources, inventory, new ResyncInterval(Options.Resync, () => 0), Wall),
            uid =>
            {
                Memory.Resources.Forget(uid);
                inventory.Forget(uid);
                _ownWrites.Forget(uid);
            });
    }

    private Reflector<T> Watch<T>(ApiResource type, ObjectFormat<T> format)
        where T : class, INamespacedObject =>
        new(Cluster, new WatchScope(type, null), format, new ListSlots(), Wall, () => 0, NullLogger.Instance);
}
