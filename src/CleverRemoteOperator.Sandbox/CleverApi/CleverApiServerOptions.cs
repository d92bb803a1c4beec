using System.Net;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;

namespace CleverRemoteOperator.Sandbox.CleverApi;

/// <summary>How the sandbox's Clever API behaves; the defaults are what the demo uses.</summary>
internal sealed record CleverApiServerOptions
{
    /// <summary>Where to listen, a loopback address; port 0 (the default) takes any free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Who may call; by default two accounts that cannot see each other.</summary>
    public IReadOnlyList<Account> Accounts { get; init; } = Account.Defaults;

    /// <summary>The consumers that may sign for an account, key to secret; by default the two published ones.</summary>
    public IReadOnlyDictionary<string, string> Consumers { get; init; } = Consumer.Published;

    /// <summary>The file that keeps the state over a restart; none by default.</summary>
    public string? StateFile { get; init; }

    /// <summary>How long every answer is held back; zero by default.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How long a created add-on is missing from lists; zero by default.</summary>
    public TimeSpan ListLag { get; init; }

    /// <summary>How long after its creation a service is not ready: it says so, and refuses migrations; zero by default.</summary>
    public TimeSpan ProvisioningDelay { get; init; }

    /// <summary>The age below which an add-on refuses to be deleted; zero by default.</summary>
    public TimeSpan DeletableAfter { get; init; }

    /// <summary>How long a migration runs before it is done; two seconds by default.</summary>
    public TimeSpan MigrationDuration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the client certificate of a cluster's kubeconfig is valid; a year by default.</summary>
    public TimeSpan CertificateLife { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Whether signatures must cover the query, be fresh (300 s) and carry an unused nonce; off by default.</summary>
    public bool StrictSigning { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where identifiers and generated secrets come from; give a seeded one to repeat them.</summary>
    public Random Random { get; init; } = new();
}
