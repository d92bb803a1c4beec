using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>Whether the connection Secret has to be written, or removed, as far as was looked: by its state, and by what it was last written with.</summary>
internal static class SecretDue
{
    public static bool Is(Observation seen) => seen.Secret switch
    {
        SecretState.None or SecretState.Changed => true,
        SecretState.Unwanted => seen.Recorded.Secret is not null,
        SecretState.Published when IsRestart(seen) => true,
        SecretState.Published => seen.DueChecksum is { } due && due != seen.SecretChecksum,
        _ => false,
    };

    /// <summary>Whether what reads the Secret was not restarted for what the Secret holds: a pass did not come to its end.</summary>
    public static bool IsRestart(Observation seen) =>
        seen is { Secret: SecretState.Published, Spec.Secret.Restart: not null } && seen.Recorded.RestartedFor != seen.SecretChecksum;
}
