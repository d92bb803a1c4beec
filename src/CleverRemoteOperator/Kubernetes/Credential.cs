namespace CleverRemoteOperator.Kubernetes;

/// <summary>What proves who we are, for a while.</summary>
/// <param name="Token">Bearer token; null for none.</param>
/// <param name="Certificate">Shown when a connection begins; null for none.</param>
/// <param name="Expires">When it is of no use any more; null when nobody said.</param>
internal sealed record Credential(string? Token, ClientCertificate? Certificate = null, DateTimeOffset? Expires = null)
{
    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"credential, expires {Expires:O}";
}
