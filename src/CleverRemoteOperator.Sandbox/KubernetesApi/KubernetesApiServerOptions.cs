using System.Net;

namespace CleverRemoteOperator.Sandbox.KubernetesApi;

/// <summary>What one Kubernetes API of the sandbox is started with.</summary>
internal sealed record KubernetesApiServerOptions
{
    /// <summary>Names cluster, context and certificates.</summary>
    public string Name { get; init; } = "sandbox";

    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How often a watch that allows bookmarks gets one.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Shortest time after which a watch without <c>timeoutSeconds</c> is ended; the longest is twice that.</summary>
    public TimeSpan MinimumWatchTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many past events of each resource a watch can resume from.</summary>
    public int WatchHistory { get; init; } = 4096;

    /// <summary>Largest body the server reads, in bytes.</summary>
    public int MaximumBody { get; init; } = 3 * 1024 * 1024;
}
