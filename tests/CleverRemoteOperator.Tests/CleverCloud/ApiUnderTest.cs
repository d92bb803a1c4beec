using System.Collections.Concurrent;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.CleverCloud;

/// <summary>The client on a test's server, its clock in the test's hand.</summary>
internal sealed class ApiUnderTest : IDisposable
{
    public const string Organisation = "orga_3547a882-d464-4c34-8168-add4b3e0c135";
    public const string AddonId = "addon_22222222-2222-4222-8222-222222222222";
    public const string Token = "synthetic-token-0123456789";
    public const string Secret = "synthetic-secret-0123456789";

    // In real time: a client that waits for a clock nobody moves fails its test instead of holding it up.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CleverApiFactory _factory;

    public ApiUnderTest(Uri endpoint, TimeProvider? time = null, CleverApiOptions? options = null)
    {
        Endpoint = endpoint;
        _factory = new CleverApiFactory(
            options ?? new CleverApiOptions(), [endpoint], time ?? new ImpatientTime(), () => 0.5,
            (method, route, status, _) => Seen.Enqueue($"{method} {route} {status}"), NullLogger<CleverApi>.Instance);
        Api = _factory.For(Account(Token));
    }

    public static CleverAddonRequest Request { get; } = new(
        "kubernetes::PostgreSQL::1", "par", "postgresql-addon", "plan_1", new Dictionary<string, string> { ["version"] = "15" });

    public Uri Endpoint { get; }

    public ICleverApi Api { get; }

    /// <summary>What the observer was told.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    public CleverCredentials Account(string token) => new(Endpoint, token, Secret, "consumer-key", "consumer-secret-0123", null);

    public ICleverApi For(CleverCredentials credentials) => _factory.For(credentials);

    public Task<IReadOnlyList<CleverAddon>> ListAsync() => Api.ListAddonsAsync(Organisation, CancellationToken.None).WaitAsync(Limit);

    public Task<CleverAddon?> FindAsync() => Api.FindAddonAsync(Organisation, AddonId, CancellationToken.None).WaitAsync(Limit);

    public Task<CleverAddon> CreateAsync() => Api.CreateAddonAsync(Organisation, Request, () => true, CancellationToken.None).WaitAsync(Limit);

    public void Dispose() => _factory.Dispose();
}
